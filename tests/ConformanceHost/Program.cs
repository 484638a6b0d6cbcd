using ConformanceHost;
using ConformanceHost.Engine;
using ConformanceHost.Guard;
using ConformanceHost.SocketIO;
using TypedSockets.Server;

// A plain server for peers that speak the raw protocols: dotnet run --project tests/ConformanceHost -- --urls http://127.0.0.1:3000
// Its times are those of Socket.IO's own test suite; --calm true is for peers that do not answer heartbeats.
var builder = WebApplication.CreateSlimBuilder(args);
Action<TypedSocketServerOptions>? configure = builder.Configuration["calm"] == "true" ? null : ConformanceOptions.Apply;
builder.Services.AddAuthorization().AddTypedSockets(configure)
    .AddHub(IEchoServer.Contract.HandledBy<EchoHub>())
    .AddHub(IGuardServer.Contract.HandledBy<GuardHub>())
    .AddDynamicHub<MainHub>("/")
    .AddDynamicHub<CustomHub>("/custom");
var app = builder.Build();
app.MapTypedSockets();
EngineEcho.Map(app, EngineEcho.DefaultOptions);
app.MapGet("/", () => "ready");
app.Run();

using ConformanceHost;
using ConformanceHost.Engine;
using TypedSockets.Server;

// A plain server for peers that speak the raw protocols: dotnet run --project tests/ConformanceHost -- --urls http://127.0.0.1:3000
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddTypedSockets().AddHub(IEchoServer.Contract.HandledBy<EchoHub>());
var app = builder.Build();
app.MapTypedSockets();
EngineEcho.Map(app, EngineEcho.DefaultOptions);
app.MapGet("/", () => "ready");
app.Run();

using System.Net;
using ConformanceHost.SocketIO;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;

namespace TypedSockets.Conformance.Tests.SocketIO;

/// <summary>What the host serves to Socket.IO's own test suite, in this process. Its clock stands still unless a test moves it.</summary>
internal sealed class SuiteServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SuiteServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public ManualTime Time { get; private init; } = null!;

    public static async Task<SuiteServer> StartAsync(Action<TypedSocketServerOptions>? configure = null)
    {
        var time = new ManualTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddTypedSockets(ConformanceOptions.Apply + configure).AddDynamicHub<MainHub>("/").AddDynamicHub<CustomHub>("/custom");
        var app = builder.Build();
        app.MapTypedSockets();
        await app.StartAsync();
        return new SuiteServer(app) { Time = time };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

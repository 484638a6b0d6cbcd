using ConformanceHost.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>The conformance host's plain Engine.IO server, in this process.</summary>
internal sealed class EngineHost : EngineServer
{
    private readonly WebApplication _app;

    private EngineHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        _app = builder.Build();
    }

    public override Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<EngineHost> StartAsync(Heartbeat heartbeat, Action<TypedSocketServerOptions>? configure = null)
    {
        var host = new EngineHost();
        host._app.Use(async (context, next) =>
        {
            // What the endpoint does before it waits for the first time, it has done when this returns: it holds the request.
            var handling = next(context);
            if (context.Request.Headers.TryGetValue(RequestIdHeader, out var request))
            {
                host.OnArrived(request.ToString());
            }

            await handling;
        });
        var options = EngineEcho.DefaultOptions;
        (options.HeartbeatInterval, options.HeartbeatTimeout) = (heartbeat.Interval, heartbeat.Timeout);
        // Some peers here never answer a goodbye.
        options.CloseTimeout = TimeSpan.FromSeconds(1);
        configure?.Invoke(options);
        EngineEcho.Map(host._app, options, (sid, reason) => host.OnClosed(sid, Describe(reason)));
        await host._app.StartAsync();
        return host;
    }

    public override async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // That the server itself closes the session has a name in Engine.IO; Socket.IO's is of its namespaces.
    private static string Describe(DisconnectReason reason) => reason is ServerDisconnect ? "forced close" : reason.ToSocketIO(Side.Server);
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Our server with both contracts, on a free port of the loopback interface.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentDictionary<int, TaskCompletionSource> _polls = new();
    private int _pollCount;

    private PeerServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public PeerLog Log => _app.Services.GetRequiredService<PeerLog>();

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Sets its limits and times.</param>
    /// <param name="port">A port that was free a moment ago; 0 for any.</param>
    public static async Task<PeerServer> StartAsync(Action<TypedSocketServerOptions>? configure = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton<PeerLog>();
        builder.Services.AddTypedSockets(options =>
        {
            options.CloseTimeout = TimeSpan.FromSeconds(1);
            configure?.Invoke(options);
        }).AddHub(IPeerServer.Contract.HandledBy<PeerHub>()).AddHub(IRootServer.Contract.HandledBy<RootHub>());
        var app = builder.Build();
        var server = new PeerServer(app);
        app.Use(server.HandleAsync);
        app.MapTypedSockets();
        await app.StartAsync();
        return server;
    }

    /// <summary>Completes when the server holds this poll, counted from 1 behind the handshake. A server with one client; whatever ends the session then is told to the client that waits.</summary>
    public Task WhenPollHeldAsync(int number) => Poll(number).Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        // What the endpoint does before it waits for the first time, it has done when this returns: it holds the request.
        var handling = next(context);
        if (context.Request.Method == HttpMethods.Get && context.Request.Query.ContainsKey("sid") && context.Request.Query["transport"] == "polling")
        {
            Poll(Interlocked.Increment(ref _pollCount)).TrySetResult();
        }

        await handling;
    }

    private TaskCompletionSource Poll(int number) => _polls.GetOrAdd(number, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

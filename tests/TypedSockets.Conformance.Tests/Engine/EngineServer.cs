using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using ConformanceHost.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Observability;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>The plain Engine.IO echo on a free port of the loopback interface, in this process, open to its tests. Its clock stands still unless a test moves it.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    /// <summary>A request with this header is reported as soon as the server holds it.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    /// <summary>Whoever sends a request with this header is the user it names.</summary>
    public const string UserHeader = "X-User";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, EngineEchoConnection> _connections = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DisconnectReason>> _ends = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _arrivals = new();
    private readonly List<SessionRegistry> _registries = [];
    private readonly WebApplication _app;
    private readonly TypedSocketServerOptions _options;
    private readonly TimeProvider _time;
    private HandshakeEndpoint _endpoint;

    private EngineServer(WebApplication app, TypedSocketServerOptions options, TimeProvider time)
    {
        (_app, _options, _time) = (app, options, time);
        _endpoint = CreateEndpoint(app.Lifetime);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The ids of every session there was.</summary>
    public IEnumerable<string> SessionIds => _connections.Keys;

    public static async Task<EngineServer> StartAsync(Action<TypedSocketServerOptions>? configure = null, TimeProvider? time = null, Action<ListenOptions>? listen = null, Action<IWebHostBuilder>? host = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => listen?.Invoke(endpoint)));
        host?.Invoke(builder.WebHost);
        var options = EngineEcho.DefaultOptions;
        configure?.Invoke(options);
        var server = new EngineServer(builder.Build(), options, time ?? new ManualTime());
        server.Map();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The application, where it does not run on Kestrel.</summary>
    public IHost Host => _app;

    public EngineEchoConnection Find(string sessionId) => _connections[sessionId];

    /// <summary>Sends a text message to every session.</summary>
    public void Broadcast(string text)
    {
        var packet = System.Text.Encoding.UTF8.GetBytes("4" + text);
        foreach (var connection in _connections.Values)
        {
            connection.Send(packet, isBinary: false);
        }
    }

    public Task<DisconnectReason> WhenEndedAsync(string sessionId) => Of(_ends, sessionId).Task.WaitAsync(s_patience);

    /// <summary>Completes when the server has begun with a request, so what is sent next comes second. The result says whether it is answered already.</summary>
    public Task<bool> WhenArrivedAsync(string request) => Of(_arrivals, request).Task.WaitAsync(s_patience);

    /// <summary>Whoever comes from now on is served for another life of the application, which the test ends; the sessions that are open stay.</summary>
    public void BeginLife(IHostApplicationLifetime lifetime) => Volatile.Write(ref _endpoint, CreateEndpoint(lifetime));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _registries.ForEach(registry => registry.Dispose());
    }

    private static TaskCompletionSource<T> Of<T>(ConcurrentDictionary<string, TaskCompletionSource<T>> sources, string key) =>
        sources.GetOrAdd(key, _ => new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously));

    private HandshakeEndpoint CreateEndpoint(IHostApplicationLifetime lifetime)
    {
        var sessions = new SessionRegistry(_options, lifetime, _time, new ServerMetrics(_app.Services.GetRequiredService<IMeterFactory>()), _app.Logger);
        _registries.Add(sessions);
        var echo = new EngineEcho((sessionId, reason) => Of(_ends, sessionId).TrySetResult(reason), connection => _connections.TryAdd(connection.SessionId, connection));
        return new HandshakeEndpoint(sessions, echo, _options, _app.Logger);
    }

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            if (context.Request.Headers.TryGetValue(UserHeader, out var user))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"));
            }

            // What the endpoint does before it waits for the first time, it has done when this returns: it holds the request.
            var handling = next(context);
            if (context.Request.Headers.TryGetValue(RequestIdHeader, out var request))
            {
                Of(_arrivals, request.ToString()).TrySetResult(handling.IsCompleted);
            }

            await handling;
        });
        _app.Map("/engine.io", context => Volatile.Read(ref _endpoint).HandleAsync(context));
    }
}

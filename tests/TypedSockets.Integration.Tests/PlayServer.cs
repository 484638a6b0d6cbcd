using System.Net;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>A real server on a free port of the loopback interface.</summary>
public sealed class PlayServer : IAsyncDisposable
{
    /// <summary>Whoever connects with this header is the user it names.</summary>
    public const string UserHeader = "X-User";

    private readonly WebApplication _app;

    private PlayServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IServiceProvider Services => _app.Services;

    public PlayLog Log => _app.Services.GetRequiredService<PlayLog>();

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Sets its limits and times.</param>
    /// <param name="certificate">Lets it listen with TLS.</param>
    /// <param name="handle">Sees every request first, as something in between does.</param>
    /// <param name="port">A port that was free a moment ago; 0 for any.</param>
    /// <param name="configureServices">Adds to its services.</param>
    /// <param name="configureEndpoint">Adds to its endpoint.</param>
    public static async Task<PlayServer> StartAsync(
        Action<TypedSocketServerOptions>? configure = null,
        X509Certificate2? certificate = null,
        Func<HttpContext, RequestDelegate, Task>? handle = null,
        int port = 0,
        Action<IServiceCollection>? configureServices = null,
        Action<IEndpointConventionBuilder>? configureEndpoint = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
                listen.UseTypedSockets();
            }
        }));
        builder.Services.AddSingleton<PlayLog>();
        builder.Services.AddTypedSockets(configure).AddHub(IPlayServer.Contract.HandledBy<PlayHub>());
        configureServices?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue(UserHeader, out var user))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"));
            }

            return next(context);
        });
        if (handle is not null)
        {
            app.UseWebSockets();
            app.Use((context, next) => handle(context, next));
        }

        var endpoint = app.MapTypedSockets();
        configureEndpoint?.Invoke(endpoint);
        await app.StartAsync();
        return new PlayServer(app);
    }

    public async Task<PlayPeer> ConnectAsync(TypedSocketOptions? options = null)
    {
        var peer = new PlayPeer(Address, options);
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>What the client's options put into its requests, and which way those go, on both transports.</summary>
public sealed class ClientRequestTests
{
    private static readonly TransportKind[] s_pollingFirst = [TransportKind.Polling, TransportKind.WebSocket];
    private static readonly ReconnectionOptions s_soon = new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Query_Headers_AndToken_AreInEveryRequestAndTheTokenIsAskedForAgainWhenTheClientComesBack()
    {
        var seen = new ConcurrentQueue<(string Kind, string? Tenant, string? Feature, string? Token)>();
        var tokens = 0;
        IConnectionLifetimeFeature? webSocket = null;
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            var request = context.Request;
            webSocket = IsWebSocket(context) ? context.Features.Get<IConnectionLifetimeFeature>() : webSocket;
            seen.Enqueue((KindOf(context), request.Query["tenant"], request.Headers["X-Feature"], request.Headers.Authorization));
            return next(context);
        });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions
        {
            Transports = s_pollingFirst,
            Query = new Dictionary<string, string> { ["tenant"] = "a b&c" },
            Headers = new Dictionary<string, string> { ["X-Feature"] = "1" },
            AccessTokenProvider = _ => new($"token{++tokens}"),
            Reconnection = s_soon,
        });
        await peer.NextAsync<Upgraded>();
        Assert.Equal(1, tokens);
        // The connection breaks, and the client comes back.
        webSocket!.Abort();
        await peer.NextAsync<Upgraded>();
        Assert.Equal(2, tokens);
        foreach (var token in (string[])["Bearer token1", "Bearer token2"])
        {
            Assert.Contains(("GET", "a b&c", "1", token), seen);
            Assert.Contains(("WebSocket", "a b&c", "1", token), seen);
        }

        Assert.All(seen, request => Assert.Equal(("a b&c", "1", true), (request.Tenant, request.Feature, request.Token is "Bearer token1" or "Bearer token2")));
    }

    [Fact]
    public async Task Cookies_OfThePollingHandshake_GoWithEveryLaterRequestAndTheWebSocket()
    {
        var sent = new ConcurrentQueue<(string Kind, string? Cookie)>();
        await using var server = await PlayServer.StartAsync(
            options => options.Cookie = new() { Name = "node" },
            handle: (context, next) =>
            {
                sent.Enqueue((KindOf(context), context.Request.Cookies["node"]));
                return next(context);
            });
        var cookies = new CookieContainer();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst, Cookies = cookies });
        await peer.NextAsync<Upgraded>();
        var kept = Assert.Single(cookies.GetCookies(new Uri(server.Address))).Value;
        Assert.Equal(("GET", null), sent.First());
        Assert.Contains(("WebSocket", kept), sent);
        Assert.All(sent.Skip(1), request => Assert.Equal(kept, request.Cookie));
    }

    [Theory]
    [InlineData(TransportKind.Polling)]
    [InlineData(TransportKind.WebSocket)]
    public async Task Proxy_CarriesEitherTransport(TransportKind transport)
    {
        await using var server = await PlayServer.StartAsync();
        await using var proxy = new LoopbackProxy();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = [transport], Proxy = new LoopbackWebProxy(proxy.Address) });
        Assert.Equal(6, await peer.Server.Sum([1, 2, 3]));
        Assert.Equal(transport, peer.Socket.Transport);
        Assert.NotEmpty(proxy.Requests);
    }

    [Fact]
    public async Task HttpInvoker_SendsEveryRequestAndIsNotDisposed()
    {
        using var handler = new SocketsHttpHandler();
        using var counting = new CountingHandler(handler);
        using var invoker = new HttpMessageInvoker(counting, disposeHandler: false);
        await using var server = await PlayServer.StartAsync();
        var options = new TypedSocketOptions { Transports = s_pollingFirst, HttpInvoker = invoker };
        for (var life = 0; life < 2; life++)
        {
            await using var peer = await server.ConnectAsync(options);
            await peer.NextAsync<Upgraded>();
            Assert.Equal(3, await peer.Server.Sum([1, 2]));
        }

        Assert.Contains("GET polling", counting.Requests);
        Assert.Contains("GET websocket", counting.Requests);
    }

    private static bool IsWebSocket(HttpContext context) => context.Request.Headers.ContainsKey("Upgrade");

    private static string KindOf(HttpContext context) => IsWebSocket(context) ? "WebSocket" : context.Request.Method;

    private sealed class CountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public ConcurrentQueue<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var transport = request.RequestUri!.Query.Contains("transport=polling", StringComparison.Ordinal) ? "polling" : "websocket";
            Requests.Enqueue($"{request.Method} {transport}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Sends everything through the proxy, the loopback interface too, which the system's own rules leave out.</summary>
    private sealed class LoopbackWebProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => false;
    }
}

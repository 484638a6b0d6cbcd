using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ConformanceHost;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using TypedSockets.Client;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>The same sessions over HTTP/2, over TLS, and over no network at all.</summary>
public sealed class NetworkTests
{
    private static readonly string s_large = new('x', 100_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OurClient_OpensAWebSocketOverHttp2(bool useTls)
    {
        using var certificate = useTls ? LoopbackCertificate.Create() : null;
        await using var server = await EchoServer.StartAsync(listen: endpoint => Listen(endpoint, HttpProtocols.Http2, certificate));
        using var invoker = new HttpMessageInvoker(LoopbackCertificate.CreateHandler(certificate));
        await AssertEchoAsync(server, new TypedSocketOptions { HttpVersion = HttpVersion.Version20, HttpInvoker = invoker, Transports = [TransportKind.WebSocket] });
    }

    [Theory]
    [InlineData(TransportKind.Polling)]
    [InlineData(TransportKind.Polling, TransportKind.WebSocket)]
    public async Task OurClient_PollsOverTls(params TransportKind[] transports)
    {
        using var certificate = LoopbackCertificate.Create();
        await using var server = await EchoServer.StartAsync(listen: endpoint => Listen(endpoint, HttpProtocols.Http1AndHttp2, certificate));
        using var invoker = new HttpMessageInvoker(LoopbackCertificate.CreateHandler(certificate));
        await AssertEchoAsync(server, new TypedSocketOptions { HttpInvoker = invoker, Transports = transports });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SystemClient_OpensAWebSocketOverHttp2(bool useTls)
    {
        using var certificate = useTls ? LoopbackCertificate.Create() : null;
        await using var server = await EngineServer.StartAsync(listen: endpoint => Listen(endpoint, HttpProtocols.Http2, certificate));
        using var invoker = new HttpMessageInvoker(LoopbackCertificate.CreateHandler(certificate));
        using var client = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        var address = new UriBuilder(new Uri(server.Address, HttpRequest.WebSocket.Target)) { Scheme = useTls ? "wss" : "ws" }.Uri;
        await client.ConnectAsync(address, invoker, TestContext.Current.CancellationToken);
        Assert.StartsWith("0{", await ReceiveAsync(client), StringComparison.Ordinal);
        await client.SendAsync(Encoding.ASCII.GetBytes("4" + s_large), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        Assert.Equal("4" + s_large, await ReceiveAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Polling_OverHttp2_CarriesASession(bool useTls)
    {
        using var certificate = useTls ? LoopbackCertificate.Create() : null;
        await using var server = await EngineServer.StartAsync(listen: endpoint => Listen(endpoint, HttpProtocols.Http2, certificate));
        using var client = new HttpClient(LoopbackCertificate.CreateHandler(certificate))
        {
            BaseAddress = server.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await AssertPollingAsync(client);
    }

    [Fact]
    public async Task Polling_OverTheTestServer_CarriesASession()
    {
        await using var server = await EngineServer.StartAsync(host: host => host.UseTestServer());
        using var client = server.Host.GetTestClient();
        await AssertPollingAsync(client);
    }

    private static void Listen(ListenOptions endpoint, HttpProtocols protocols, X509Certificate2? certificate)
    {
        endpoint.Protocols = protocols;
        if (certificate is not null)
        {
            endpoint.UseHttps(certificate);
        }
    }

    private static async Task AssertEchoAsync(EchoServer server, TypedSocketOptions options)
    {
        await using var socket = new TypedSocket(server.Address, options);
        var upgraded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Lifecycle.Subscribe(change =>
        {
            if (change is Upgraded)
            {
                upgraded.TrySetResult();
            }
        });
        var echo = socket.Open(IEchoServer.Contract, new Listener());
        await socket.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(s_large, await echo.Echo(s_large));
        if (options.Transports.Count > 1)
        {
            await upgraded.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(options.Transports[^1], socket.Transport);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), await Task.WhenAll(Enumerable.Range(0, 100).Select(number => echo.Echo($"{number}").AsTask())));
    }

    private static async Task AssertPollingAsync(HttpClient client)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var handshake = await client.GetStringAsync(HttpRequest.Handshake.Target, cancellation);
        using var open = JsonDocument.Parse(handshake[1..]);
        var target = HttpRequest.Poll.Target.Replace("{sid}", open.RootElement.GetProperty("sid").GetString(), StringComparison.Ordinal);
        var held = client.GetStringAsync(target, cancellation);
        foreach (var text in (string[])["4small", "4" + s_large])
        {
            using var body = new StringContent(text);
            using var posted = await client.PostAsync(target, body, cancellation);
            Assert.Equal("ok", await posted.Content.ReadAsStringAsync(cancellation));
            Assert.Equal(text, await held);
            held = client.GetStringAsync(target, cancellation);
        }

        using var goodbye = new StringContent("1");
        using var closed = await client.PostAsync(target, goodbye, cancellation);
        Assert.Equal("6", await held);
        using var gone = await client.GetAsync(target, cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket client)
    {
        var buffer = new byte[s_large.Length + 1];
        var length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            length += result.Count;
        }
        while (!result.EndOfMessage);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private sealed class Listener : IEchoClient
    {
        public void Echoed(string text)
        {
        }
    }
}

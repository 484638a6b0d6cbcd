using System.Net.Sockets;
using System.Text;
using System.Threading.RateLimiting;
using TypedSockets.Protocol.Transports;
using TypedSockets.Server;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>A peer breaks a rule. The packets go out through the real ends, as an implementation that is wrong would send them.</summary>
internal static class Violations
{
    private const int SmallLimit = 2_000;
    private const int EventLimit = 5;

    // A server that has said goodbye has no client that answers its pings.
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(1);

    public static Scenario[] All { get; } =
    [
        FromClient("the client sends what is no packet", "x"),
        FromServer("the server sends what is no packet", "x"),
        new("the client sends a message that is not ts1", stage => SendBytes(Internals.Connection(stage.Client.Socket).Transport, [0xff, 0xff, 0xff])),
        new("the server sends a message that is not ts1", stage => SendBytes(stage.Session.Transport, [0xff, 0xff, 0xff])),
        new("the client's event carries what the server cannot read", stage => Assert.ThrowsAsync<DisconnectedException>(() => stage.Client.Server.Sum(new int[70_000]))),
        FromClient("the client sends a ping", "2"),
        FromClient("the client sends `0`, `5` or `6` on an open session", "0{}", "5", "6"),
        FromServer("the server sends a pong", "3"),
        FromServer("the server opens the session twice", "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1000,\"pingTimeout\":1000,\"maxPayload\":1000,\"codec\":\"ts1\"}"),
        FromClient("a client of another implementation says goodbye", "1") with { SeenBy = Sides.Server },
        FromServer("a server of another implementation says goodbye", "1") with { SeenBy = Sides.Client, Server = options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (s_heartbeat, s_heartbeat) },
        new("the client sends more than `MaxPayloadBytes`", async stage =>
        {
            // The typed way fails here, before a byte leaves.
            Assert.Throws<PayloadTooLargeException>(() => stage.Client.Server.Say("a", new string('x', SmallLimit)));
            Assert.Equal(1, await stage.Client.Server.Sum([1]));
            await SendBytes(Internals.Connection(stage.Client.Socket).Transport, new byte[2 * SmallLimit]);
        })
        {
            Server = options => options.MaxPayloadBytes = SmallLimit,
            // On polling the client waits so long for a goodbye in its GET, after its POST was refused.
            Client = options => options with { CloseTimeout = s_heartbeat },
        },
        new("the server sends more than the client's `MaxPayloadBytes`", async stage =>
        {
            var bystander = await stage.ConnectBystanderAsync();
            await bystander.Server.SayTo($"client {stage.ConnectionId}", new string('x', SmallLimit));
        })
        {
            Client = options => options with { MaxPayloadBytes = SmallLimit },
        },
        new("the client reads too slowly", FloodClientAsync) { TellsOperator = true, Server = options => options.MaxQueuedBytes = 64 * 1024 },
        new("the server reads too slowly", FloodServerAsync) { Client = options => options with { MaxQueuedBytes = 64 * 1024 } },
        new("the client sends more events than its limit (`RateLimitAction.Disconnect`)", FloodLimitAsync)
        {
            Server = options =>
            {
                options.RateLimitAction = RateLimitAction.Disconnect;
                options.RateLimitPerConnection = _ => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
                {
                    TokenLimit = EventLimit,
                    TokensPerPeriod = 1,
                    ReplenishmentPeriod = TimeSpan.FromDays(1),
                    AutoReplenishment = false,
                });
            },
        },
        new("a second GET comes while one waits", stage => RequestAsync(stage, HttpMethod.Get)) { Ways = [Way.Polling] },
        new("a POST is not text", stage => RequestAsync(stage, HttpMethod.Post)) { Ways = [Way.Polling] },
        new("a POST breaks off", AbortPostAsync) { Ways = [Way.Polling] },
    ];

    private static Scenario FromClient(string what, params string[] packets) => new(what, stage => SendOne(packets, stage.Way, stage.SendAsClient));

    private static Scenario FromServer(string what, params string[] packets) => new(what, stage => SendOne(packets, stage.Way, stage.SendAsServer));

    // Each transport gets another of packets that mean the same.
    private static Task SendOne(string[] packets, Way way, Action<string> send)
    {
        send(packets[(int)way % packets.Length]);
        return Task.CompletedTask;
    }

    private static Task SendBytes(PacketTransport transport, byte[] message)
    {
        transport.TrySendBinary(message);
        return Task.CompletedTask;
    }

    private static Task FloodLimitAsync(Stage stage)
    {
        // One more than there are: who the client is was asked before.
        for (var sent = 0; sent < EventLimit; sent++)
        {
            stage.Client.Server.Say("a", "x");
        }

        return Task.CompletedTask;
    }

    private static async Task FloodClientAsync(Stage stage)
    {
        var bystander = await stage.ConnectBystanderAsync();
        stage.Network.Hold();
        while (stage.Session.Reason is null)
        {
            await bystander.Server.SayTo($"client {stage.ConnectionId}", new string('x', 60_000));
        }

        stage.Network.Release();
    }

    private static async Task FloodServerAsync(Stage stage)
    {
        stage.Network.Hold();
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (true)
            {
                stage.Client.Server.Say("a", new string('x', 60_000));
                await Task.Yield();
            }
        });
        Assert.True(exception is DisconnectedException or NotConnectedException, exception.ToString());
        stage.Network.Release();
    }

    /// <summary>A request of the session that the client would not make.</summary>
    private static async Task RequestAsync(Stage stage, HttpMethod method)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, AddressOf(stage));
        request.Content = method == HttpMethod.Post ? new ByteArrayContent([0x34]) { Headers = { ContentType = new("application/octet-stream") } } : null;
        using var response = await client.SendAsync(request);
        Assert.Equal(400, (int)response.StatusCode);
    }

    private static async Task AbortPostAsync(Stage stage)
    {
        var address = AddressOf(stage);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n4half"));
        await Stage.Eventually(() => Internals.IsPosting(stage.Session), "POST begun");
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private static Uri AddressOf(Stage stage) => new($"{stage.Server.Address}/socket.io/?EIO=4&transport=polling&codec=ts1&sid={((ServerConnection)stage.Session).SessionId}");
}

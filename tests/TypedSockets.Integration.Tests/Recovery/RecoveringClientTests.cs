using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>Our own client over Socket.IO, which comes back to our own server as Socket.IO's client does.</summary>
public sealed class RecoveringClientTests : IRecoveryClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly Channel<Connected> _connected = Channel.CreateUnbounded<Connected>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    void IRecoveryClient.Told(string text) => _events.Writer.TryWrite(text);

    void IRecoveryClient.Nudged() => _events.Writer.TryWrite("nudged");

    void IRecoveryClient.Given(byte[] bytes) => _events.Writer.TryWrite(Convert.ToHexString(bytes));

    void IRecoveryClient.Hinted(string text) => _events.Writer.TryWrite($"hinted {text}");

    void IRecoveryClient.Moved(string text, int x) => _events.Writer.TryWrite($"moved {text} {x}");

    ValueTask<string> IRecoveryClient.Ask(string question) => new(question + "!");

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Socket_ThatDrops_ComesBackAsTheSameConnection_WithWhatItMissed(TransportKind transport)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var socket = Open(server, transport, out var proxy);
        var more = socket.OpenDynamic("/lost");
        using var registration = more.On("more", e => _events.Writer.TryWrite($"more {e.Arguments.Count}"));
        await socket.ConnectAsync(Token);
        var first = await NextAsync(_connected);
        Assert.False(first.Recovered);
        await proxy.Enter("room");
        Assert.Equal("why!", await proxy.AskBack("why"));
        log.Clients(first.ConnectionId).All.Told("seen");
        Assert.Equal("seen", await NextAsync(_events));

        // Twice: what was missed once is not sent again.
        for (var round = 0; round < 2; round++)
        {
            log.AtDisconnecting = id =>
            {
                log.Clients(id).Room("room").Told("missed");
                log.Clients(id).Caller.Nudged();
                log.Clients(id).All.Given([1, 2, 3]);
                return Task.CompletedTask;
            };
            Drop(server, first.ConnectionId);
            var again = await NextAsync(_connected);
            Assert.Equal((true, first.ConnectionId), (again.Recovered, again.ConnectionId));
            Assert.Equal(["missed", "nudged", "010203"], [await NextAsync(_events), await NextAsync(_events), await NextAsync(_events)]);
            var view = await proxy.Look();
            Assert.True(view.Recovered);
            Assert.Equal(["room"], view.Rooms);
            log.Clients(first.ConnectionId).Room("room").Told($"after {round}");
            Assert.Equal($"after {round}", await NextAsync(_events));
        }

        // By hand it begins anew.
        log.AtDisconnecting = _ => Task.CompletedTask;
        await socket.CloseAsync();
        await log.WaitForAsync($"disconnected {first.ConnectionId}");
        await socket.ConnectAsync(Token);
        Assert.False((await NextAsync(_connected)).Recovered);
        Assert.False(_events.Reader.TryRead(out var unexpected), unexpected);
    }

    [Fact]
    public async Task Socket_ThatGotNoEvent_ComesBackAllTheSame()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var socket = Open(server, TransportKind.WebSocket, out _);
        socket.OpenDynamic("/lost");
        await socket.ConnectAsync(Token);
        var first = await NextAsync(_connected);
        log.AtDisconnecting = id =>
        {
            log.Clients(id).All.Told("missed");
            return Task.CompletedTask;
        };
        Drop(server, first.ConnectionId);
        Assert.Equal(first with { Recovered = true }, await NextAsync(_connected));
        Assert.Equal("missed", await NextAsync(_events));
    }

    [Fact]
    public async Task Socket_ThatIsSentTooMuchBeforeItIsConnected_BeginsAnew()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var socket = Open(server, TransportKind.WebSocket, out _, options => options with { MaxEarlyEventBytes = 2048 });
        socket.OpenDynamic("/lost");
        await socket.ConnectAsync(Token);
        var first = await NextAsync(_connected);
        log.AtDisconnecting = id =>
        {
            for (var index = 0; index < 3; index++)
            {
                log.Clients(id).All.Told(new string('x', 1000));
            }

            log.AtDisconnecting = _ => Task.CompletedTask;
            return Task.CompletedTask;
        };
        Drop(server, first.ConnectionId);
        var second = await NextAsync(_connected);
        Assert.False(second.Recovered);
        Assert.NotEqual(first.ConnectionId, second.ConnectionId);
        Assert.False(_events.Reader.TryRead(out _));
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync(Token).AsTask().WaitAsync(s_patience, Token);

    private static void Drop(PlayServer server, string id) => server.Services.GetRequiredService<NamespaceRegistry>().Find("/lost")!.All.Find(id)!.Connection.Abandon();

    private TypedSocket Open(PlayServer server, TransportKind transport, out IRecoveryServer proxy, Func<TypedSocketOptions, TypedSocketOptions>? configure = null)
    {
        var options = new TypedSocketOptions { Transports = [transport], Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(10) } };
        var socket = new TypedSocket(server.Address, configure?.Invoke(options) ?? options);
        proxy = socket.Open(IRecoveryServer.Contract, this);
        socket.Lifecycle.Subscribe(change =>
        {
            if (change is Connected connected)
            {
                _connected.Writer.TryWrite(connected);
            }
        });
        return socket;
    }
}

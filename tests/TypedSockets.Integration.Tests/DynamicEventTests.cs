using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>Events without a contract between two TypedSockets ends, which then speak Socket.IO.</summary>
public sealed class DynamicEventTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Emit_EveryKindOfArgument_ComesBackAsItWas(TransportKind transport)
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Transports = [transport] });
        var custom = socket.OpenDynamic("/custom");
        var back = Channel.CreateUnbounded<DynamicArguments>();
        using var registration = custom.On("back", e => back.Writer.TryWrite(e.Arguments));
        await socket.ConnectAsync(Token);

        using var document = JsonDocument.Parse("""{"a":[1,2.50,"x\ud800",/**/null,{"ü":true}]}""", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        custom.Emit("echo", "text", 7, long.MaxValue, 0.5, 1.20m, true, default, (byte[])[1, 2, 3], ReadOnlyMemory<byte>.Empty, document.RootElement, DynamicValue.Serialized("""[ "raw" ]"""));
        var arguments = await back.Reader.ReadAsync(Token).AsTask().WaitAsync(s_patience, Token);
        Assert.Equal(11, arguments.Count);
        Assert.Equal(
            ["\"text\"", "7", "9223372036854775807", "0.5", "1.20", "true", "null"],
            arguments.Take(7).Select(value => value.Json.GetRawText()));
        Assert.True(arguments[7].TryGetBytes(out var bytes));
        Assert.Equal([1, 2, 3], bytes.ToArray());
        Assert.True(arguments[8].TryGetBytes(out var none));
        Assert.Equal(0, none.Length);
        Assert.Equal("""{"a":[1,2.50,"x\ud800",null,{"ü":true}]}""", arguments[9].Json.GetRawText());
        Assert.Equal("[\"raw\"]", arguments[10].Json.GetRawText());
        Assert.False(arguments[10].TryGetBytes(out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => arguments[11]);
    }

    [Fact]
    public async Task EmitWithAck_BothWays_GivesWhatTheOtherEndAnswered()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        var custom = socket.OpenDynamic("/custom");
        using var registration = custom.On("ask", e => e.Acknowledge(e.Arguments[0], (byte[])[9]));
        await socket.ConnectAsync(Token);

        var answer = await custom.EmitWithAck("echo-ack", [1, (byte[])[4, 5]], Token);
        Assert.Equal("1", answer[0].Json.GetRawText());
        Assert.True(answer[1].TryGetBytes(out var bytes));
        Assert.Equal([4, 5], bytes.ToArray());

        // The server asks this client while this client waits for it.
        answer = await custom.EmitWithAck("ask-me", ["why"], Token);
        Assert.Equal("why", answer[0].Json.GetString());
        Assert.True(answer[1].TryGetBytes(out _));

        Assert.Equal(RemoteFault.NotSupported, (await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("nothing", [], Token))).Fault);
        Assert.Equal(RemoteFault.HandlerFailed, (await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("fail", [], Token))).Fault);
    }

    [Fact]
    public async Task OpenDynamic_BesideAContract_HandlesWhatTheContractDoesNotHave()
    {
        await using var server = await StartAsync();
        var peer = new PlayPeer(server.Address);
        await using (peer)
        {
            var more = peer.Socket.OpenDynamic("/play");
            Assert.Same(more, peer.Socket.OpenDynamic("/play"));
            var any = Channel.CreateUnbounded<string>();
            using var registration = more.OnAny(e => any.Writer.TryWrite($"{e.Name} {e.Arguments[0]}"));
            await peer.Socket.ConnectAsync(Token);

            // A contract's event by its contract and by its name alone, and one that only the name has.
            await peer.Server.Enter("room");
            Assert.Empty(await more.EmitWithAck("Enter", ["room"], Token));
            more.Emit("shout", "hello");
            Assert.Equal("heard hello", await any.Reader.ReadAsync(Token).AsTask().WaitAsync(s_patience, Token));
        }
    }

    [Fact]
    public async Task Emit_ToEverybody_ReachesThoseWhoSpeakSocketIO()
    {
        await using var server = await StartAsync();
        await using var typed = await server.ConnectAsync();
        await using var one = await JoinAsync(server);
        await using var other = await JoinAsync(server);
        one.Namespace.Emit("tell", "all", "hello");
        Assert.Equal("hello", await one.NextAsync());
        Assert.Equal("hello", await other.NextAsync());

        one.Namespace.Emit("tell", "others", "you");
        one.Namespace.Emit("tell", "all", "end");
        Assert.Equal("end", await one.NextAsync());
        Assert.Equal("you", await other.NextAsync());
        Assert.Equal("end", await other.NextAsync());

        one.Namespace.Emit("tell", "room", "in the room");
        Assert.Equal("in the room", await one.NextAsync());
        Assert.Equal(ConnectionState.Connected, typed.Socket.State);
    }

    [Fact]
    public async Task Connect_AskedForTheCodecOfItsOwn_ANamespaceWithoutContractIsRefused()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false } });
        socket.Open(ICustomServer.Contract, new CustomClient());
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(Token));
        Assert.Contains("'/custom' has no contract", Assert.IsType<ContractMismatch>(exception.Reason).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emit_CannotBeSent_SaysWhyAndSendsNothing()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        var custom = socket.OpenDynamic("/custom");
        Assert.Throws<NotConnectedException>(() => custom.Emit("early"));
        Assert.Throws<ArgumentException>(() => socket.OpenDynamic("no slash"));
        await socket.ConnectAsync(Token);
        Assert.Throws<InvalidOperationException>(() => socket.OpenDynamic("/late"));
        Assert.Throws<ArgumentException>(() => custom.Emit("disconnect"));
        Assert.Throws<PayloadTooLargeException>(() => custom.Emit("large", new string('x', 1_000_001)));
        Assert.ThrowsAny<JsonException>(() => DynamicValue.Serialized("{} {}"));
        Assert.Single(await custom.EmitWithAck("echo-ack", [1], Token));
    }

    private static Task<PlayServer> StartAsync() => PlayServer.StartAsync(configureServices: services =>
        services.AddTypedSockets().AddDynamicHub<CustomHub>("/custom"));

    private static async Task<Listener> JoinAsync(PlayServer server)
    {
        var listener = new Listener(server.Address);
        await listener.ConnectAsync();
        return listener;
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly TypedSocket _socket;
        private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

        public Listener(string address)
        {
            _socket = new TypedSocket(address);
            Namespace = _socket.OpenDynamic("/custom");
            Namespace.On("told", e => _told.Writer.TryWrite(e.Arguments[0].Json.GetString()!));
        }

        public DynamicNamespace Namespace { get; }

        public Task ConnectAsync() => _socket.ConnectAsync(Token);

        public async Task<string> NextAsync() => await _told.Reader.ReadAsync(Token).AsTask().WaitAsync(s_patience, Token);

        public ValueTask DisposeAsync() => _socket.DisposeAsync();
    }
}

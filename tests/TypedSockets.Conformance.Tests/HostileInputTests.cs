namespace TypedSockets.Conformance.Tests;

/// <summary>What a peer may not send ends its session with a typed reason, and nobody else's.</summary>
public sealed class HostileInputTests
{
    private const int ParseError = 300;
    private const int ForcedClose = 301;
    private const int TooLarge = 303;

    /// <summary>What is sent, the WebSocket close code and the reason's code.</summary>
    public static TheoryData<string, byte[], int, int> Attacks { get; } = new()
    {
        { "unmasked frame", RawPeer.Frame(0x82, [1], isMasked: false), 1002, ParseError },
        { "reserved bit", RawPeer.Frame(0xc2, [1], isMasked: true), 1002, ParseError },
        { "reserved opcode", RawPeer.Frame(0x83, [1], isMasked: true), 1002, ParseError },
        { "fragmented ping", RawPeer.Frame(0x09, [1], isMasked: true), 1002, ParseError },
        { "continuation of nothing", RawPeer.Frame(0x80, [1], isMasked: true), 1002, ParseError },
        { "text that is not UTF-8", RawPeer.Frame(0x81, [0xff, 0xfe], isMasked: true), 1007, ParseError },
        { "a message beyond the limit", RawPeer.Frame(0x82, new byte[1_000_001], isMasked: true), 1009, TooLarge },
        { "empty text", RawPeer.Frame(0x81, [], isMasked: true), 1002, ParseError },
        { "text that is no packet", RawPeer.Frame(0x81, [.. "hello"u8], isMasked: true), 1002, ParseError },
        { "ping from a client", RawPeer.Frame(0x81, [.. "2"u8], isMasked: true), 1008, ForcedClose },
        { "open packet from a client", RawPeer.Frame(0x81, [.. "0{}"u8], isMasked: true), 1008, ForcedClose },
        { "truncated ts1 packet", Message(0x20, 0x04), 1002, ParseError },
        { "unknown ts1 type", Message(0x02, 0x7f, 0x00), 1002, ParseError },
        { "namespace that was never connected", Message(0x04, 0x04, 0x09, 0x00, 0x90), 1008, ForcedClose },
        { "unknown event", Message(0x04, 0x04, 0x00, 0x63, 0x90), 1002, ParseError },
        { "arguments that are no array", Message(0x04, 0x04, 0x00, Event.Forget, 0xc0), 1002, ParseError },
        { "argument of the wrong type", Message(0x05, 0x04, 0x00, Event.Forget, 0x91, 0x01), 1002, ParseError },
        { "missing argument", Message(0x04, 0x04, 0x00, Event.Forget, 0x90), 1002, ParseError },
        { "string longer than the packet", Message(0x06, 0x04, 0x00, Event.Forget, 0x91, 0xd9, 0xff), 1002, ParseError },
        { "string that is not UTF-8", Message(0x06, 0x04, 0x00, Event.Forget, 0x91, 0xa1, 0xff), 1002, ParseError },
        { "list of two billion announced", Message(0x0b, 0x05, 0x00, Event.CountItems, 0x00, 0x91, 0xdd, 0x7f, 0xff, 0xff, 0xff, 0x00), 1002, ParseError },
        { "list longer than the limit", LongList(70_000), 1002, ParseError },
        { "tree deeper than the limit", DeepTree(100), 1002, ParseError },
        { "stream item of no request", Message(0x05, 0x0a, 0x00, 0x07, 0x01, 0x05), 1008, ForcedClose },
        { "stream item of no request of the server's", Message(0x05, 0x0a, 0x00, 0x07, 0x00, 0x05), 1008, ForcedClose },
        { "truncated numbers of a stream", Message(0x03, 0x0a, 0x00, 0x07), 1002, ParseError },
        { "stream credit of nothing", Message(0x04, 0x0c, 0x00, 0x07, 0x00), 1002, ParseError },
        { "question for a token from a client", Message(0x04, 0x0f, 0x00, 0x91, 0x05), 1008, ForcedClose },
        { "token that nobody asked for", Message(0x05, 0x10, 0x00, 0x91, 0xa1, 0x78), 1008, ForcedClose },
        { "type behind all others", Message(0x04, 0x12, 0x00, 0x07, 0x00), 1002, ParseError },
        { "connect twice", Message(0x0a, 0x00, 0x00, 0x92, 0xa5, 0x2f, 0x65, 0x63, 0x68, 0x6f, 0x00), 1008, ForcedClose },
        { "connect that cannot be read", Message(0x03, 0x00, 0x00, 0xc0), 1002, ParseError },
        { "connected from a client", Message(0x03, 0x01, 0x00, 0xc0), 1008, ForcedClose },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Attacks))]
    public async Task Attack_EndsItsOwnSessionWithAReasonAndNobodyElses(string what, byte[] bytes, int closeCode, int reason)
    {
        await using var server = await EchoServer.StartAsync();
        await using var bystander = await RawPeer.JoinAsync(server.Address);
        await using var attacker = await RawPeer.JoinAsync(server.Address);
        await attacker.SendAsync(bytes);
        var end = await attacker.ReadEndAsync();
        Assert.True((closeCode, reason) == (end.CloseCode, end.ReasonCode), $"{what}: {end}");
        await attacker.WaitForEndOfStreamAsync();

        // REQUEST Echo("x") with ack 0, and its answer.
        await bystander.SendFrameAsync(0x2, [0x07, 0x05, 0x00, Event.Echo, 0x00, 0x91, 0xa1, 0x78]);
        Assert.Equal([0x05, 0x06, 0x00, 0x00, 0xa1, 0x78], (await bystander.ReadFrameAsync()).Payload);
    }

    [Fact]
    public async Task Attack_AnnouncesMoreThanTheLimit_IsRefusedBeforeItArrives()
    {
        await using var server = await EchoServer.StartAsync();
        await using var attacker = await RawPeer.JoinAsync(server.Address);
        await attacker.SendAsync([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]);
        Assert.Equal((1009, TooLarge), await attacker.ReadEndAsync());
    }

    [Fact]
    public async Task Client_JoinsNoNamespace_IsClosedInTime()
    {
        await using var server = await EchoServer.StartAsync(options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.RequestAsync(new HandshakeRequest());
        Assert.Equal((1008, 302), await peer.ReadEndAsync());
    }

    [Fact]
    public async Task Client_IsSilent_IsPingedAndThenCut()
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.HeartbeatInterval = TimeSpan.FromMilliseconds(200);
            options.HeartbeatTimeout = TimeSpan.FromMilliseconds(200);
        });
        await using var peer = await RawPeer.JoinAsync(server.Address);
        var ping = await peer.ReadFrameAsync();
        Assert.Equal("2"u8.ToArray(), ping.Payload);
        await peer.WaitForCutAsync();
    }

    /// <summary>A ping to a connection that was gone used to throw on the timer's thread, which ended the process.</summary>
    [Fact]
    public async Task Connections_ResetWhileTheirHeartbeatsAreDue_DisturbNobody()
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
            options.HeartbeatTimeout = TimeSpan.FromSeconds(20);
        });
        await using var bystander = await RawPeer.JoinAsync(server.Address);
        for (var heartbeat = 0; heartbeat < 5; heartbeat++)
        {
            for (var count = 0; count < 20; count++)
            {
                var peer = await RawPeer.JoinAsync(server.Address);
                peer.Reset();
            }

            Assert.Equal("2"u8.ToArray(), (await bystander.ReadFrameAsync()).Payload);
            await bystander.SendFrameAsync(0x1, [.. "3"u8]);
        }
    }

    private static byte[] Message(params byte[] payload) => RawPeer.Frame(0x82, payload, isMasked: true);

    private static byte[] LongList(int count) => Request(Event.CountItems, [0x91, 0xdd, 0x00, (byte)(count >> 16), (byte)(count >> 8), (byte)count, .. new byte[count]]);

    // Each tree is [left, right] with nothing on the right.
    private static byte[] DeepTree(int depth) =>
        Request(Event.CountLeaves, [0x91, .. Enumerable.Repeat<byte>(0x92, depth), 0xc0, .. Enumerable.Repeat<byte>(0xc0, depth)]);

    private static byte[] Request(byte @event, byte[] arguments)
    {
        byte[] packet = [0x05, 0x00, @event, 0x00, .. arguments];
        List<byte> length = [];
        var rest = packet.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            length.Add((byte)(rest | 0x80));
        }

        length.Add((byte)rest);
        return Message([.. length, .. packet]);
    }

    /// <summary>The numbers of the host's events: their places among the sorted names.</summary>
    private static class Event
    {
        public const byte CountItems = 0;
        public const byte CountLeaves = 1;
        public const byte Echo = 2;
        public const byte Forget = 3;
    }
}

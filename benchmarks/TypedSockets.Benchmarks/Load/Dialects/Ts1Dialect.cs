using System.Buffers.Text;
using System.Text;
using TypedSockets.Benchmarks.Contracts;
using TypedSockets.Formats;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>
/// Engine.IO over a WebSocket with the ts1 codec (docs/protocol/ts1.md), written from the specification and apart from the library's own code, so that the two check each other.
/// </summary>
/// <param name="isLatest">Whether what is published is what newer ones replace.</param>
internal sealed class Ts1Dialect(bool isLatest = false) : Dialect
{
    private const byte ConnectType = 0;
    private const byte ConnectedType = 1;
    private const byte EventType = 4;
    private const byte RequestType = 5;
    private const byte AckType = 6;

    private const byte OpenPacket = (byte)'0';
    private const byte PingPacket = (byte)'2';

    private static readonly ContractShape s_shape = IBenchServer.Contract.Shape;

    private uint? _namespaceNumber;

    // As the library's own client does, it asks for its namespace with the handshake.
    public override string RequestTarget { get; } = $"/socket.io/?EIO=4&transport=websocket&codec=ts1&first={Base64Url.EncodeToString(Packet(ConnectType, 0, [], ConnectBody()))}";

    public override IncomingKind AfterUpgrade => IncomingKind.Ignored;

    public override bool DecodesPayloads => true;

    public override byte[] HeartbeatAnswer { get; } = MaskedFrame.Build(Opcode.Text, "3"u8);

    // A server gives a namespace the same number on every connection, and connections are opened before the frames of a workload are built.
    private uint NamespaceNumber => _namespaceNumber ?? throw new LoadException("No connection is open yet.");

    public override byte[] Request(int slot, ChatLine line) =>
        Frame(RequestType, NamespaceNumber, [Number(s_shape.ServerEvents, nameof(IBenchServer.Echo)), (uint)slot], Arguments(line));

    public override byte[] ReplyBody(ChatLine line) => PayloadBytes.Of(line);

    public override byte[] OneWay(Move move) =>
        Frame(EventType, NamespaceNumber, [Number(s_shape.ServerEvents, nameof(IBenchServer.Moved))], PayloadBytes.AsArguments(PayloadBytes.Of(move)));

    public override byte[] Publish(ChatLine line) => Frame(EventType, NamespaceNumber, [Number(s_shape.ServerEvents, isLatest ? nameof(IBenchServer.PublishLatest) : nameof(IBenchServer.Publish))], Arguments(line));

    public override byte[] DeliveryBody(ChatLine line) =>
    [
        (byte)Number(s_shape.ClientEvents, isLatest ? nameof(IBenchClient.PublishedLatest) : nameof(IBenchClient.Published)), .. Arguments(line),
    ];

    /// <summary>The frame by which a client says that it is about to read nothing any more.</summary>
    public byte[] Stop() => Frame(EventType, NamespaceNumber, [Number(s_shape.ServerEvents, nameof(IBenchServer.Stop))], [0x90]);

    public override bool TryRead(Opcode opcode, ref ReadOnlySpan<byte> message, out Incoming incoming)
    {
        incoming = default;
        if (message.IsEmpty)
        {
            return false;
        }

        if (opcode == Opcode.Text)
        {
            incoming = ReadEngineIO(message);
            message = default;
            return true;
        }

        var length = (int)ReadVarint(ref message);
        incoming = ReadPacket(message[..length]);
        message = message[length..];
        return true;
    }

    private static Incoming ReadEngineIO(ReadOnlySpan<byte> packet) => packet[0] switch
    {
        OpenPacket when packet.IndexOf("\"codec\":\"ts1\""u8) > 0 => new Incoming(IncomingKind.Ignored),
        PingPacket => new Incoming(IncomingKind.Heartbeat),
        _ => throw new LoadException($"The server sent the Engine.IO packet '{Encoding.UTF8.GetString(packet)}'."),
    };

    private Incoming ReadPacket(ReadOnlySpan<byte> packet)
    {
        var type = packet[0];
        var body = packet[1..];
        var namespaceNumber = ReadVarint(ref body);
        switch (type)
        {
            case AckType:
                var slot = (int)ReadVarint(ref body);
                return new Incoming(IncomingKind.Reply, slot, body);
            case EventType:
                return new Incoming(IncomingKind.Delivery, body: body);
            case ConnectedType:
                LearnNumber(body);
                return new Incoming(IncomingKind.Opened);
            default:
                throw new LoadException($"The server sent a packet of type {type} in namespace {namespaceNumber}: {Convert.ToHexString(body)}.");
        }
    }

    private void LearnNumber(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body, PayloadLimits.Default);
        reader.BeginArray();
        var number = (uint)reader.ReadUInt64();
        if (_namespaceNumber is { } known && known != number)
        {
            throw new LoadException($"The server numbered the namespace {known} on one connection and {number} on another.");
        }

        _namespaceNumber = number;
    }

    private static byte[] ConnectBody()
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(2);
        writer.WriteString(s_shape.Namespace);
        writer.WriteUInt64(s_shape.Fingerprint);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    private static byte[] Arguments(ChatLine line) => PayloadBytes.AsArguments(PayloadBytes.Of(line));

    private static byte[] Frame(byte type, uint namespaceNumber, uint[] numbers, byte[] payload) => MaskedFrame.Build(Opcode.Binary, Packet(type, namespaceNumber, numbers, payload));

    private static byte[] Packet(byte type, uint namespaceNumber, uint[] numbers, byte[] payload)
    {
        byte[] packet = [type, .. Varint(namespaceNumber), .. numbers.SelectMany(Varint), .. payload];
        return [.. Varint((uint)packet.Length), .. packet];
    }

    private static uint Number(IReadOnlyList<EventShape> events, string name) => (uint)events.Select(shape => shape.Name).ToList().IndexOf(name);

    private static IEnumerable<byte> Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    private static uint ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0u;
        var size = 0;
        byte part;
        do
        {
            part = bytes[size];
            value |= (uint)(part & 0x7F) << (7 * size++);
        }
        while (part >= 0x80);

        bytes = bytes[size..];
        return value;
    }
}

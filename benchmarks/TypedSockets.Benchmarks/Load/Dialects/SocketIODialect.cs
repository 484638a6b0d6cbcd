using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TypedSockets.Benchmarks.Contracts;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>Socket.IO 5 as text, over Engine.IO 4 and a WebSocket from the start: what a stock Socket.IO client with the transport "websocket" sends. One packet in each message.</summary>
internal sealed class SocketIODialect : Dialect
{
    private const byte OpenPacket = (byte)'0';

    // 2^53 - 1. JavaScript has no 64-bit integers; the ids are cut for every server, so that all of them move the same bytes.
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly string s_namespace = IBenchServer.Contract.Shape.Namespace;
    private static readonly byte[] s_connected = Encoding.UTF8.GetBytes($"40{s_namespace},{{\"sid\":");
    private static readonly byte[] s_event = Encoding.UTF8.GetBytes($"42{s_namespace},");
    private static readonly byte[] s_ack = Encoding.UTF8.GetBytes($"43{s_namespace},");

    public override string RequestTarget => "/socket.io/?EIO=4&transport=websocket";

    public override IncomingKind AfterUpgrade => IncomingKind.Ignored;

    public override bool DecodesPayloads => true;

    public override byte[] Greeting { get; } = Frame($"40{s_namespace},");

    public override byte[] HeartbeatAnswer { get; } = Frame("3");

    public override byte[] Request(int slot, ChatLine line) => Frame($"42{s_namespace},{slot}{Event(nameof(IBenchServer.Echo), Json(line))}");

    public override byte[] ReplyBody(ChatLine line) => Encoding.UTF8.GetBytes($"[{Json(line)}]");

    public override byte[] OneWay(Move move) => Frame($"42{s_namespace},{Event(nameof(IBenchServer.Moved), JsonSerializer.Serialize(move, s_json))}");

    public override byte[] Publish(ChatLine line) => Frame($"42{s_namespace},{Event(nameof(IBenchServer.Publish), Json(line))}");

    public override byte[] DeliveryBody(ChatLine line) => Encoding.UTF8.GetBytes(Event(nameof(IBenchClient.Published), Json(line)));

    public override bool TryRead(Opcode opcode, ref ReadOnlySpan<byte> message, out Incoming incoming)
    {
        incoming = default;
        if (message.IsEmpty)
        {
            return false;
        }

        incoming = opcode == Opcode.Text ? ReadPacket(message) : throw new LoadException($"The server sent a binary message of {message.Length} bytes.");
        message = default;
        return true;
    }

    // Acknowledgements and events have a fixed beginning, so this looks at positions instead of parsing JSON: the generator must not be the bottleneck.
    private static Incoming ReadPacket(ReadOnlySpan<byte> packet)
    {
        if (packet.StartsWith(s_event))
        {
            return new Incoming(IncomingKind.Delivery, body: packet[s_event.Length..]);
        }

        if (packet.StartsWith(s_ack) && Utf8Parser.TryParse(packet[s_ack.Length..], out int slot, out var digits))
        {
            return new Incoming(IncomingKind.Reply, slot, packet[(s_ack.Length + digits)..]);
        }

        if (packet.SequenceEqual("2"u8))
        {
            return new Incoming(IncomingKind.Heartbeat);
        }

        if (packet.StartsWith(s_connected))
        {
            return new Incoming(IncomingKind.Opened);
        }

        return packet[0] == OpenPacket ? new Incoming(IncomingKind.GreetingDue) : throw new LoadException($"The server sent '{Encoding.UTF8.GetString(packet)}'.");
    }

    private static string Event(string name, string argument) => $"[\"{name}\",{argument}]";

    private static string Json(ChatLine line) => JsonSerializer.Serialize(line with { Id = line.Id & MaxSafeInteger }, s_json);

    private static byte[] Frame(string packet) => MaskedFrame.Build(Opcode.Text, Encoding.UTF8.GetBytes(packet));
}

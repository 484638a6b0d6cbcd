using System.Buffers.Binary;
using TypedSockets.Benchmarks.Contracts;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>One <see cref="BarePacket"/> in each WebSocket message; spoken by the bare server and the floor.</summary>
internal sealed class BareDialect : Dialect
{
    public override string RequestTarget => "/bench";

    public override IncomingKind AfterUpgrade => IncomingKind.Opened;

    public override bool DecodesPayloads => false;

    public override byte[] Request(int slot, ChatLine line) => Frame(BarePacket.Echo, slot, ReplyBody(line));

    public override byte[] ReplyBody(ChatLine line) => PayloadBytes.AsArguments(PayloadBytes.Of(line));

    public override byte[] OneWay(Move move) => Frame(BarePacket.OneWay, 0, PayloadBytes.AsArguments(PayloadBytes.Of(move)));

    public override byte[] Publish(ChatLine line) => Frame(BarePacket.Broadcast, 0, DeliveryBody(line));

    public override byte[] DeliveryBody(ChatLine line) => PayloadBytes.AsArguments(PayloadBytes.Of(line));

    public override bool TryRead(Opcode opcode, ref ReadOnlySpan<byte> message, out Incoming incoming)
    {
        if (message.IsEmpty)
        {
            incoming = default;
            return false;
        }

        if (message.Length < BarePacket.HeaderBytes)
        {
            throw new LoadException($"The server sent a packet of {message.Length} bytes, which is less than its header.");
        }

        var kind = message[0] switch
        {
            BarePacket.Echo => IncomingKind.Reply,
            BarePacket.Broadcast => IncomingKind.Delivery,
            _ => throw new LoadException($"The server sent operation {message[0]}."),
        };
        incoming = new Incoming(kind, BinaryPrimitives.ReadInt32LittleEndian(message[1..]), message[BarePacket.HeaderBytes..]);
        message = default;
        return true;
    }

    private static byte[] Frame(byte operation, int callId, byte[] payload) => MaskedFrame.Build(Opcode.Binary, BarePacket.Build(operation, callId, payload));
}

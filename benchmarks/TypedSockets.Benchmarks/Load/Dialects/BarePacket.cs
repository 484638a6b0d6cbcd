using System.Buffers.Binary;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>The packet of the servers without a protocol: 5 bytes of header (operation, call id), then bytes that they do not look at.</summary>
internal static class BarePacket
{
    public const byte Echo = 0;
    public const byte OneWay = 1;
    public const byte Broadcast = 2;
    public const int HeaderBytes = 5;

    public static byte[] Build(byte operation, int callId, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[HeaderBytes + payload.Length];
        packet[0] = operation;
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(1), callId);
        payload.CopyTo(packet.AsSpan(HeaderBytes));
        return packet;
    }
}

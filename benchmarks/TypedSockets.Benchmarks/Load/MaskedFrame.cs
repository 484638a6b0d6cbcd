using System.Buffers.Binary;

namespace TypedSockets.Benchmarks.Load;

/// <summary>Builds frames as a client sends them (RFC 6455 §5.3).</summary>
internal static class MaskedFrame
{
    // Not zero, so that servers really have to unmask. One key for all: it costs a server the same as many.
    private static ReadOnlySpan<byte> Mask => [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Build(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 2 : 4;
        var frame = new byte[header + Mask.Length + payload.Length];
        frame[0] = (byte)(0x80 | (int)opcode);
        if (header == 2)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        Mask.CopyTo(frame.AsSpan(header));
        for (var i = 0; i < payload.Length; i++)
        {
            frame[header + Mask.Length + i] = (byte)(payload[i] ^ Mask[i % Mask.Length]);
        }

        return frame;
    }
}

using System.Buffers.Binary;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Builds and takes apart frames byte by byte, independently of the code under test (RFC 6455 §5.2).</summary>
internal static class Frames
{
    private static readonly byte[] s_mask = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Build(Opcode opcode, ReadOnlySpan<byte> payload, bool isMasked, bool isFinal = true, int reserved = 0)
    {
        List<byte> frame = [(byte)((isFinal ? 0x80 : 0) | reserved | (byte)opcode)];
        var maskBit = isMasked ? 0x80 : 0;
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        switch (payload.Length)
        {
            case < 126:
                frame.Add((byte)(maskBit | payload.Length));
                break;
            case < 65_536:
                frame.Add((byte)(maskBit | 126));
                frame.AddRange(length[6..]);
                break;
            default:
                frame.Add((byte)(maskBit | 127));
                frame.AddRange(length);
                break;
        }

        if (isMasked)
        {
            frame.AddRange(s_mask);
        }

        for (var index = 0; index < payload.Length; index++)
        {
            frame.Add(isMasked ? (byte)(payload[index] ^ s_mask[index % 4]) : payload[index]);
        }

        return [.. frame];
    }

    /// <summary>Builds a frame whose head is the test's, right or wrong: only the mask is as it should be.</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="length">The second byte without its mask bit, and the bytes of an extended length.</param>
    /// <param name="payload">What follows, which may be shorter or longer than it claims to be.</param>
    /// <param name="isMasked">Whether there is a mask.</param>
    public static byte[] BuildRaw(byte first, ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload, bool isMasked)
    {
        List<byte> frame = [first, (byte)(length[0] | (isMasked ? 0x80 : 0)), .. length[1..]];
        frame.AddRange(isMasked ? s_mask : []);
        for (var index = 0; index < payload.Length; index++)
        {
            frame.Add(isMasked ? (byte)(payload[index] ^ s_mask[index % 4]) : payload[index]);
        }

        return [.. frame];
    }

    /// <summary>Takes all frames apart; fails when the bytes end within one.</summary>
    public static List<Frame> Parse(ReadOnlySpan<byte> bytes)
    {
        List<Frame> frames = [];
        while (!bytes.IsEmpty)
        {
            var length = (long)(bytes[1] & 0x7f);
            var size = 2;
            (length, size) = length switch
            {
                126 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4),
                127 => (BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), 10),
                _ => (length, size),
            };
            var isMasked = (bytes[1] & 0x80) != 0;
            var mask = isMasked ? bytes.Slice(size, 4) : default;
            size += mask.Length;
            var payload = bytes.Slice(size, (int)length).ToArray();
            for (var index = 0; isMasked && index < payload.Length; index++)
            {
                payload[index] ^= mask[index % 4];
            }

            frames.Add(new Frame((Opcode)(bytes[0] & 0x0f), (bytes[0] & 0x80) != 0, bytes[0] & 0x70, isMasked, payload, size));
            bytes = bytes[(size + payload.Length)..];
        }

        return frames;
    }

    /// <param name="Opcode">What the frame carries.</param>
    /// <param name="IsFinal">Whether it is the last of its message.</param>
    /// <param name="Reserved">The reserved bits, as they stand in the first byte.</param>
    /// <param name="IsMasked">Whether the payload was masked.</param>
    /// <param name="Payload">The unmasked payload.</param>
    /// <param name="HeaderSize">How many bytes the header took.</param>
    public sealed record Frame(Opcode Opcode, bool IsFinal, int Reserved, bool IsMasked, byte[] Payload, int HeaderSize);
}

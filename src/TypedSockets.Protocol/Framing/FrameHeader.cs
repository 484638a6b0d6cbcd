using System.Buffers.Binary;

namespace TypedSockets.Protocol.Framing;

/// <summary>The first 2 to 14 bytes of a frame (RFC 6455 §5.2).</summary>
/// <param name="Opcode">What the frame carries.</param>
/// <param name="IsFinal">Whether it is the last of its message.</param>
/// <param name="IsMasked">Whether the payload is masked.</param>
/// <param name="Mask">The masking key as it lies in memory; 0 when the payload is not masked.</param>
/// <param name="PayloadLength">How many bytes follow the header.</param>
/// <param name="Size">How many bytes the header takes.</param>
/// <param name="IsCompressed">Whether the message that begins here is compressed (RFC 7692 §6).</param>
internal readonly record struct FrameHeader(Opcode Opcode, bool IsFinal, bool IsMasked, uint Mask, long PayloadLength, int Size, bool IsCompressed = false)
{
    public const int MaxSize = 14;
    public const int MaxControlPayload = 125;

    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte CompressedBit = 0x40;
    private const byte MaskBit = 0x80;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    /// <summary>Reads a header. Returns false when more bytes are needed.</summary>
    /// <param name="bytes">What has arrived.</param>
    /// <param name="mayBeCompressed">Whether permessage-deflate was agreed on.</param>
    /// <param name="header">The header.</param>
    /// <exception cref="FrameViolationException">No frame may begin like this.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool mayBeCompressed, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        var first = bytes[0];
        var second = bytes[1];
        var opcode = (Opcode)(first & 0x0f);
        if ((first & ReservedBits) != 0)
        {
            CheckReserved(first & ReservedBits, opcode, mayBeCompressed);
        }

        var isFinal = (first & FinalBit) != 0;
        var length = (long)(second & 0x7f);
        if (opcode > Opcode.Binary)
        {
            CheckControl(opcode, isFinal, length);
        }

        var size = 2;
        if (length == Length16)
        {
            if (bytes.Length < 4)
            {
                return false;
            }

            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            size = 4;
            CheckMinimal(length > 125, length);
        }
        else if (length == Length64)
        {
            if (bytes.Length < 10)
            {
                return false;
            }

            length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
            size = 10;
            CheckMinimal(length is < 0 or > ushort.MaxValue, length);
            if (length < 0)
            {
                throw FrameViolationException.Protocol("A frame's 64-bit length has its highest bit set (RFC 6455 §5.2).");
            }
        }

        var mask = 0u;
        var isMasked = (second & MaskBit) != 0;
        if (isMasked)
        {
            if (bytes.Length < size + 4)
            {
                return false;
            }

            mask = BitConverter.ToUInt32(bytes[size..]);
            size += 4;
        }

        header = new FrameHeader(opcode, isFinal, isMasked, mask, length, size, (first & CompressedBit) != 0);
        return true;
    }

    /// <summary>How many bytes the header of an unmasked frame takes.</summary>
    public static int SizeOf(long payloadLength) => payloadLength switch
    {
        <= 125 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>Writes the header of a final frame and returns its size.</summary>
    /// <param name="target">At least <see cref="MaxSize"/> bytes, or just as many as the header takes.</param>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="payloadLength">How many bytes follow.</param>
    /// <param name="mask">The masking key, written behind the length; null for an unmasked frame.</param>
    /// <param name="isCompressed">Whether the payload is a compressed message.</param>
    public static int Write(Span<byte> target, Opcode opcode, long payloadLength, uint? mask, bool isCompressed = false)
    {
        target[0] = (byte)(FinalBit | (isCompressed ? CompressedBit : 0) | (byte)opcode);
        var maskBit = mask is null ? (byte)0 : MaskBit;
        var size = SizeOf(payloadLength);
        switch (size)
        {
            case 2:
                target[1] = (byte)(maskBit | (byte)payloadLength);
                break;
            case 4:
                target[1] = (byte)(maskBit | Length16);
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)payloadLength);
                break;
            default:
                target[1] = (byte)(maskBit | Length64);
                BinaryPrimitives.WriteInt64BigEndian(target[2..], payloadLength);
                break;
        }

        if (mask is { } key)
        {
            BitConverter.TryWriteBytes(target[size..], key);
            size += 4;
        }

        return size;
    }

    private static void CheckReserved(int bits, Opcode opcode, bool mayBeCompressed)
    {
        if (!mayBeCompressed || bits != CompressedBit)
        {
            throw FrameViolationException.Protocol($"A frame sets the reserved bits 0x{bits:x2}, which mean nothing on this connection (RFC 6455 §5.2).");
        }

        if (opcode is not (Opcode.Text or Opcode.Binary))
        {
            throw FrameViolationException.Protocol($"A {opcode} frame has the bit of a compressed message, which only its first frame has (RFC 7692 §6, beside RFC 6455 §5.2).");
        }
    }

    private static void CheckControl(Opcode opcode, bool isFinal, long length)
    {
        if (opcode is not (Opcode.Close or Opcode.Ping or Opcode.Pong))
        {
            throw FrameViolationException.Protocol($"A frame has the reserved opcode 0x{(byte)opcode:x} (RFC 6455 §5.2).");
        }

        if (!isFinal)
        {
            throw FrameViolationException.Protocol($"A {opcode} frame is fragmented (RFC 6455 §5.5).");
        }

        if (length > MaxControlPayload)
        {
            throw FrameViolationException.Protocol($"A {opcode} frame carries more than {MaxControlPayload} bytes (RFC 6455 §5.5).");
        }
    }

    private static void CheckMinimal(bool isMinimal, long length)
    {
        if (!isMinimal)
        {
            throw FrameViolationException.Protocol($"A frame's length of {length} is not in its shortest encoding (RFC 6455 §5.2).");
        }
    }
}

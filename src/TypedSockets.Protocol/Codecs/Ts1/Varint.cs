namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>Unsigned LEB128 numbers of 32 bits.</summary>
internal static class Varint
{
    public const int MaxSize = 5;

    public static int SizeOf(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        < 1u << 28 => 4,
        _ => 5,
    };

    /// <summary>Writes a number and returns its size.</summary>
    public static int Write(Span<byte> target, uint value)
    {
        var size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[size++] = (byte)(value | 0x80);
        }

        target[size++] = (byte)value;
        return size;
    }

    /// <summary>Takes a number from the front of <paramref name="bytes"/>. Returns false when they are cut short or more than 32 bits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        if (!bytes.IsEmpty && bytes[0] < 0x80)
        {
            value = bytes[0];
            bytes = bytes[1..];
            return true;
        }

        return TryReadLong(ref bytes, out value);
    }

    private static bool TryReadLong(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        var number = 0UL;
        for (var index = 0; index < bytes.Length && index < MaxSize; index++)
        {
            number |= (ulong)(bytes[index] & 0x7f) << (7 * index);
            if (bytes[index] < 0x80)
            {
                value = (uint)number;
                bytes = bytes[(index + 1)..];
                return number <= uint.MaxValue;
            }
        }

        value = 0;
        return false;
    }
}

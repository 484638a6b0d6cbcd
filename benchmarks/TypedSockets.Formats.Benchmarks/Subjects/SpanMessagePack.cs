using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>
/// The part of MessagePack that the hand-written serializers need, over spans: the smallest encoding out, any encoding in, and the same checks on what comes in as the library's.
/// </summary>
internal static class SpanMessagePack
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>At most this many bytes for a string.</summary>
    public static int MaxBytes(string value) => 5 + (value.Length * 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteString(Span<byte> target, ref int position, string value)
    {
        // Up to ten characters fit the short header whatever they are.
        if (value.Length <= 31)
        {
            var bytes = Encoding.UTF8.GetBytes(value, target[(position + 1)..]);
            if (bytes <= 31)
            {
                target[position] = (byte)(0xa0 | bytes);
                position += 1 + bytes;
                return;
            }
        }

        WriteLongString(target, ref position, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInteger(Span<byte> target, ref int position, long value)
    {
        if ((ulong)value <= 127)
        {
            target[position++] = (byte)value;
            return;
        }

        WriteLongInteger(target, ref position, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteSingle(Span<byte> target, ref int position, float value)
    {
        target[position] = 0xca;
        BinaryPrimitives.WriteSingleBigEndian(target[(position + 1)..], value);
        position += 5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteDouble(Span<byte> target, ref int position, double value)
    {
        target[position] = 0xcb;
        BinaryPrimitives.WriteDoubleBigEndian(target[(position + 1)..], value);
        position += 9;
    }

    public static int ReadCount(ReadOnlySpan<byte> payload, ref int position, int least)
    {
        var code = ReadCode(payload, ref position);
        var count = code switch
        {
            >= 0x90 and <= 0x9f => code & 0x0fu,
            0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(payload, ref position, 2)),
            0xdd => BinaryPrimitives.ReadUInt32BigEndian(Take(payload, ref position, 4)),
            _ => throw Unexpected(code),
        };
        return count >= least && count <= (uint)(payload.Length - position) && count <= 65_536 ? (int)count : throw new PayloadException($"A list of {count}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string ReadString(ReadOnlySpan<byte> payload, ref int position)
    {
        var code = ReadCode(payload, ref position);
        var length = (code & 0xe0) == 0xa0 ? code & 0x1fu : ReadLength(payload, ref position, code);
        var bytes = Take(payload, ref position, length);
        return Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : ReadUnicode(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInteger(ReadOnlySpan<byte> payload, ref int position, long min, long max)
    {
        var code = ReadCode(payload, ref position);
        return code <= 127 ? code : ReadLongInteger(payload, ref position, code, min, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReadSingle(ReadOnlySpan<byte> payload, ref int position)
    {
        var code = ReadCode(payload, ref position);
        return code == 0xca ? BinaryPrimitives.ReadSingleBigEndian(Take(payload, ref position, 4)) : (float)ReadOtherNumber(payload, ref position, code);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReadDouble(ReadOnlySpan<byte> payload, ref int position)
    {
        var code = ReadCode(payload, ref position);
        return code == 0xcb ? BinaryPrimitives.ReadDoubleBigEndian(Take(payload, ref position, 8)) : ReadOtherNumber(payload, ref position, code);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ReadBoolean(ReadOnlySpan<byte> payload, ref int position)
    {
        var code = ReadCode(payload, ref position);
        return code is 0xc2 or 0xc3 ? code == 0xc3 : throw Unexpected(code);
    }

    /// <summary>Nothing is left, or what is left is skipped; none of the measured payloads has more than its type.</summary>
    public static void End(ReadOnlySpan<byte> payload, int position, int unread)
    {
        if (unread != 0 || position != payload.Length)
        {
            throw new PayloadException($"{unread} values are left at {position}.");
        }
    }

    private static void WriteLongString(Span<byte> target, ref int position, string value)
    {
        var guess = value.Length <= 255 ? 2 : value.Length <= 65_535 ? 3 : 5;
        var bytes = Encoding.UTF8.GetBytes(value, target[(position + guess)..]);
        var header = bytes <= 31 ? 1 : bytes <= 255 ? 2 : bytes <= 65_535 ? 3 : 5;
        if (header != guess)
        {
            target.Slice(position + guess, bytes).CopyTo(target[(position + header)..]);
        }

        switch (header)
        {
            case 2:
                target[position] = 0xd9;
                target[position + 1] = (byte)bytes;
                break;
            case 3:
                target[position] = 0xda;
                BinaryPrimitives.WriteUInt16BigEndian(target[(position + 1)..], (ushort)bytes);
                break;
            default:
                target[position] = 0xdb;
                BinaryPrimitives.WriteInt32BigEndian(target[(position + 1)..], bytes);
                break;
        }

        position += header + bytes;
    }

    private static void WriteLongInteger(Span<byte> target, ref int position, long value)
    {
        var rest = target[(position + 1)..];
        switch (value)
        {
            case >= -32 and < 0:
                target[position++] = (byte)value;
                break;
            case >= 0 and <= byte.MaxValue:
                target[position] = 0xcc;
                rest[0] = (byte)value;
                position += 2;
                break;
            case >= 0 and <= ushort.MaxValue:
                target[position] = 0xcd;
                BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)value);
                position += 3;
                break;
            case >= 0 and <= uint.MaxValue:
                target[position] = 0xce;
                BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)value);
                position += 5;
                break;
            case >= 0:
                target[position] = 0xcf;
                BinaryPrimitives.WriteInt64BigEndian(rest, value);
                position += 9;
                break;
            case >= sbyte.MinValue:
                target[position] = 0xd0;
                rest[0] = (byte)value;
                position += 2;
                break;
            case >= short.MinValue:
                target[position] = 0xd1;
                BinaryPrimitives.WriteInt16BigEndian(rest, (short)value);
                position += 3;
                break;
            case >= int.MinValue:
                target[position] = 0xd2;
                BinaryPrimitives.WriteInt32BigEndian(rest, (int)value);
                position += 5;
                break;
            default:
                target[position] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(rest, value);
                position += 9;
                break;
        }
    }

    private static long ReadLongInteger(ReadOnlySpan<byte> payload, ref int position, byte code, long min, long max)
    {
        var value = code switch
        {
            0xcc => Take(payload, ref position, 1)[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(payload, ref position, 2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(payload, ref position, 4)),
            0xcf => BinaryPrimitives.ReadUInt64BigEndian(Take(payload, ref position, 8)) is <= long.MaxValue and var large ? (long)large : throw Unexpected(code),
            0xd0 => (sbyte)Take(payload, ref position, 1)[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(payload, ref position, 2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(payload, ref position, 4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(payload, ref position, 8)),
            >= 0xe0 => (sbyte)code,
            _ => throw Unexpected(code),
        };
        return value >= min && value <= max ? value : throw new PayloadException($"{value} does not fit.");
    }

    private static double ReadOtherNumber(ReadOnlySpan<byte> payload, ref int position, byte code) => code switch
    {
        <= 127 => code,
        0xca => BinaryPrimitives.ReadSingleBigEndian(Take(payload, ref position, 4)),
        0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(payload, ref position, 8)),
        0xcf => BinaryPrimitives.ReadUInt64BigEndian(Take(payload, ref position, 8)),
        _ => ReadLongInteger(payload, ref position, code, long.MinValue, long.MaxValue),
    };

    private static uint ReadLength(ReadOnlySpan<byte> payload, ref int position, byte code) => code switch
    {
        0xd9 => Take(payload, ref position, 1)[0],
        0xda => BinaryPrimitives.ReadUInt16BigEndian(Take(payload, ref position, 2)),
        0xdb => BinaryPrimitives.ReadUInt32BigEndian(Take(payload, ref position, 4)),
        _ => throw Unexpected(code),
    };

    private static string ReadUnicode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new PayloadException("Not UTF-8.", exception);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte ReadCode(ReadOnlySpan<byte> payload, ref int position)
    {
        if ((uint)position >= (uint)payload.Length)
        {
            ThrowTruncated(position);
        }

        return payload[position++];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> payload, ref int position, uint count)
    {
        if (count > (uint)(payload.Length - position))
        {
            ThrowTruncated(position);
        }

        var taken = payload.Slice(position, (int)count);
        position += (int)count;
        return taken;
    }

    private static void ThrowTruncated(int position) => throw new PayloadException($"Truncated at {position}.");

    private static PayloadException Unexpected(byte code) => new($"Unexpected 0x{code:x2}.");
}

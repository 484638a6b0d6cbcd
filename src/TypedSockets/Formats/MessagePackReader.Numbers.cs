using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

public ref partial struct MessagePackReader
{
    /// <inheritdoc/>
    public byte ReadByte() => (byte)ReadInteger(byte.MinValue, byte.MaxValue, "byte");

    /// <inheritdoc/>
    public sbyte ReadSByte() => (sbyte)ReadInteger(sbyte.MinValue, sbyte.MaxValue, "sbyte");

    /// <inheritdoc/>
    public short ReadInt16() => (short)ReadInteger(short.MinValue, short.MaxValue, "short");

    /// <inheritdoc/>
    public ushort ReadUInt16() => (ushort)ReadInteger(ushort.MinValue, ushort.MaxValue, "ushort");

    /// <inheritdoc/>
    public int ReadInt32() => (int)ReadInteger(int.MinValue, int.MaxValue, "int");

    /// <inheritdoc/>
    public uint ReadUInt32() => (uint)ReadInteger(uint.MinValue, uint.MaxValue, "uint");

    /// <inheritdoc/>
    public long ReadInt64() => ReadInteger(long.MinValue, long.MaxValue, "long");

    /// <inheritdoc/>
    public ulong ReadUInt64() =>
        TryReadBits(MessagePackCode.UInt64, out ulong bits) ? BinaryPrimitives.ReverseEndianness(bits) : (ulong)ReadInteger(0, long.MaxValue, "ulong");

    /// <inheritdoc/>
    public char ReadChar() => (char)ReadInteger(char.MinValue, char.MaxValue, "char");

    /// <inheritdoc/>
    public Half ReadHalf() => (Half)ReadSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float ReadSingle() =>
        TryReadBits(MessagePackCode.Float32, out uint bits) ? BitConverter.UInt32BitsToSingle(BinaryPrimitives.ReverseEndianness(bits)) : (float)ReadNumber();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReadDouble() =>
        TryReadBits(MessagePackCode.Float64, out ulong bits) ? BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(bits)) : ReadNumber();

    // A peer whose language has one number type writes 1 where 1.0 is meant.
    private double ReadNumber()
    {
        var code = ReadCode();
        switch (code)
        {
            case MessagePackCode.Float32:
                return BinaryPrimitives.ReadSingleBigEndian(Take(4));
            case MessagePackCode.Float64:
                return BinaryPrimitives.ReadDoubleBigEndian(Take(8));
            case MessagePackCode.UInt64:
                return BinaryPrimitives.ReadUInt64BigEndian(Take(8));
            default:
                _position--;
                return ReadLongInteger("number");
        }
    }

    /// <summary>Reads a value of fixed size if its code comes next, with one comparison for both; as it stands, in the order of the network.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadBits<T>(byte code, out T bits) where T : unmanaged
    {
        var position = _position;
        ref var next = ref At(position);
        if (_payload.Length - position <= Unsafe.SizeOf<T>() || next != code)
        {
            bits = default;
            return false;
        }

        bits = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref next, 1));
        _position = position + 1 + Unsafe.SizeOf<T>();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadInteger(long min, long max, string type)
    {
        var position = _position;
        if (position < _payload.Length && At(position) is <= MessagePackCode.MaxFixInt and var value)
        {
            _position = position + 1;
            return value;
        }

        var number = ReadLongInteger(type);
        if (number < min || number > max)
        {
            ThrowOutOfRange(number, type);
        }

        return number;
    }

    // The eight codes from UInt8 to Int64 are in the order of their sizes, so sizes that vary from value to value cost no mispredicted branches: eight bytes are loaded, and what is
    // not of the value is shifted out.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ReadLongInteger(string type)
    {
        var position = _position;
        var left = _payload.Length - position;
        if (left <= 0)
        {
            ThrowTruncated(1);
        }

        var code = At(position);
        var kind = code - MessagePackCode.UInt8;
        if ((uint)kind > MessagePackCode.Int64 - MessagePackCode.UInt8)
        {
            return ReadShortInteger(code, type);
        }

        var size = 1 << (kind & 3);
        if (left <= size)
        {
            ThrowTruncated((uint)(1 + size));
        }

        var shift = 64 - (8 * size);
        var bits = left > sizeof(ulong) ? BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref At(position + 1))) : ReadLastBits(position + 1, size) << shift;
        _position = position + 1 + size;
        if (kind >= MessagePackCode.Int8 - MessagePackCode.UInt8)
        {
            return (long)bits >> shift;
        }

        bits >>= shift;
        if (bits > long.MaxValue)
        {
            throw PayloadException.OutOfRange(bits.ToString(CultureInfo.InvariantCulture), type);
        }

        return (long)bits;
    }

    // Fewer than eight bytes are left: the eight that end with the value, which has others before it; only in a tiny payload it has not.
    private readonly ulong ReadLastBits(int position, int size)
    {
        var end = position + size;
        if (end >= sizeof(ulong))
        {
            return BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref At(end - sizeof(ulong))));
        }

        var bits = 0ul;
        foreach (var item in _payload.Slice(position, size))
        {
            bits = (bits << 8) | item;
        }

        return bits;
    }

    private long ReadShortInteger(byte code, string type)
    {
        _position++;
        return code is <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt ? (sbyte)code : throw Unexpected(code, $"an integer of type '{type}'");
    }

    [DoesNotReturn]
    private static void ThrowOutOfRange(long value, string type) => throw PayloadException.OutOfRange(value.ToString(CultureInfo.InvariantCulture), type);
}

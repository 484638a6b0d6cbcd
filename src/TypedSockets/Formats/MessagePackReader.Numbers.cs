using System.Buffers.Binary;
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
    public ulong ReadUInt64()
    {
        if (Remaining >= 9 && _payload[_position] == MessagePackCode.UInt64)
        {
            _position++;
            return BinaryPrimitives.ReadUInt64BigEndian(Take(8));
        }

        return (ulong)ReadInteger(0, long.MaxValue, "ulong");
    }

    /// <inheritdoc/>
    public char ReadChar() => (char)ReadInteger(char.MinValue, char.MaxValue, "char");

    /// <inheritdoc/>
    public Half ReadHalf() => (Half)ReadSingle();

    /// <inheritdoc/>
    public float ReadSingle()
    {
        var code = ReadCode();
        return code == MessagePackCode.Float32 ? BinaryPrimitives.ReadSingleBigEndian(Take(4)) : (float)ReadNumber(code);
    }

    /// <inheritdoc/>
    public double ReadDouble()
    {
        var code = ReadCode();
        return code == MessagePackCode.Float64 ? BinaryPrimitives.ReadDoubleBigEndian(Take(8)) : ReadNumber(code);
    }

    // A peer whose language has one number type writes 1 where 1.0 is meant.
    private double ReadNumber(byte code)
    {
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
                return ReadInteger(long.MinValue, long.MaxValue, "number");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadInteger(long min, long max, string type)
    {
        var code = ReadCode();
        if (code <= MessagePackCode.MaxFixInt)
        {
            return code;
        }

        var value = ReadLongInteger(code, type);
        return value < min || value > max ? throw PayloadException.OutOfRange(value.ToString(CultureInfo.InvariantCulture), type) : value;
    }

    private long ReadLongInteger(byte code, string type)
    {
        switch (code)
        {
            case MessagePackCode.UInt8:
                return Take(1)[0];
            case MessagePackCode.UInt16:
                return BinaryPrimitives.ReadUInt16BigEndian(Take(2));
            case MessagePackCode.UInt32:
                return BinaryPrimitives.ReadUInt32BigEndian(Take(4));
            case MessagePackCode.UInt64:
                var value = BinaryPrimitives.ReadUInt64BigEndian(Take(8));
                return value <= long.MaxValue ? (long)value : throw PayloadException.OutOfRange(value.ToString(CultureInfo.InvariantCulture), type);
            case MessagePackCode.Int8:
                return (sbyte)Take(1)[0];
            case MessagePackCode.Int16:
                return BinaryPrimitives.ReadInt16BigEndian(Take(2));
            case MessagePackCode.Int32:
                return BinaryPrimitives.ReadInt32BigEndian(Take(4));
            case MessagePackCode.Int64:
                return BinaryPrimitives.ReadInt64BigEndian(Take(8));
            case >= MessagePackCode.MinNegativeFixInt:
                return (sbyte)code;
            default:
                throw Unexpected(code, $"an integer of type '{type}'");
        }
    }
}

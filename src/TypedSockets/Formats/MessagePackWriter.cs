using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TypedSockets.Formats;

/// <summary>
/// Writes MessagePack, always in the smallest encoding, and lays types out as MessagePack-CSharp's standard resolver does: objects are arrays of their members in order.
/// What is written reaches the buffer with <see cref="Flush"/>.
/// </summary>
/// <param name="buffer">Takes the bytes; it must not be written to by others before <see cref="Flush"/>.</param>
public ref partial struct MessagePackWriter(PayloadBuffer buffer) : IFormatWriter
{
    private readonly PayloadBuffer _buffer = buffer;
    private Span<byte> _span = buffer.GetSpan(0);
    private int _position;

    /// <inheritdoc/>
    public static bool IsText => false;

    /// <summary>Hands what has been written to the buffer.</summary>
    public void Flush()
    {
        _buffer.Advance(_position);
        // The next write, if there is one, asks for room again.
        _span = default;
        _position = 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNil() => WriteCode(MessagePackCode.Nil);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBoolean(bool value) => WriteCode(value ? MessagePackCode.True : MessagePackCode.False);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value) => WriteInt64(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value)
    {
        if ((ulong)value <= MessagePackCode.MaxFixInt)
        {
            WriteCode((byte)value);
        }
        else if (value >= 0)
        {
            WriteLongInteger((ulong)value);
        }
        else
        {
            WriteNegativeInteger(value);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt64(ulong value)
    {
        if (value <= MessagePackCode.MaxFixInt)
        {
            WriteCode((byte)value);
        }
        else
        {
            WriteLongInteger(value);
        }
    }

    /// <inheritdoc/>
    public void WriteHalf(Half value) => WriteSingle((float)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSingle(float value)
    {
        Reserve(5);
        Put(ref Target, MessagePackCode.Float32, BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits(value)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteDouble(double value)
    {
        Reserve(9);
        Put(ref Target, MessagePackCode.Float64, BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToUInt64Bits(value)));
    }

    /// <inheritdoc/>
    public void WriteChar(char value) => WriteUInt64(value);

    /// <inheritdoc/>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var length = value.Length;
        if (length <= byte.MaxValue)
        {
            // UTF-8 takes at most three bytes for each UTF-16 code unit.
            Reserve(2 + (length * 3));
            var header = length <= 31 ? 1 : 2;
            var bytes = Encoding.UTF8.GetBytes(value, Rest(header));
            if (header == 1 && bytes <= 31)
            {
                Target = (byte)(MessagePackCode.FixString | bytes);
                _position += 1 + bytes;
                return;
            }

            if (header == 2 && bytes <= byte.MaxValue)
            {
                ref var target = ref Target;
                target = MessagePackCode.String8;
                Unsafe.Add(ref target, 1) = (byte)bytes;
                _position += 2 + bytes;
                return;
            }
        }

        WriteLongString(value);
    }

    /// <inheritdoc/>
    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        Reserve(checked(5 + value.Length));
        ref var target = ref Target;
        switch (value.Length)
        {
            case <= byte.MaxValue:
                target = MessagePackCode.Bin8;
                Unsafe.Add(ref target, 1) = (byte)value.Length;
                _position += 2;
                break;
            case <= ushort.MaxValue:
                Put(ref target, MessagePackCode.Bin16, BinaryPrimitives.ReverseEndianness((ushort)value.Length));
                break;
            default:
                Put(ref target, MessagePackCode.Bin32, BinaryPrimitives.ReverseEndianness(value.Length));
                break;
        }

        value.CopyTo(_span[_position..]);
        _position += value.Length;
    }

    /// <inheritdoc/>
    public void WriteSerialized(ReadOnlySpan<byte> value) => WriteBinary(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginObject(int members) => BeginArray(members);

    /// <inheritdoc/>
    public void BeginNamedObject(int members) => BeginMap(members);

    /// <inheritdoc/>
    public void WriteName(ReadOnlySpan<byte> name)
    {
        var header = StringHeaderSize(name.Length);
        Reserve(checked(header + name.Length));
        WriteStringHeader(name.Length, header);
        name.CopyTo(_span[_position..]);
        _position += name.Length;
    }

    /// <inheritdoc/>
    public readonly void EndObject()
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginArray(int count)
    {
        if ((uint)count <= 15)
        {
            WriteCode((byte)(MessagePackCode.FixArray | count));
        }
        else
        {
            WriteCount(count, MessagePackCode.Array16, MessagePackCode.Array32);
        }
    }

    /// <inheritdoc/>
    public readonly void EndArray()
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginMap(int count)
    {
        if ((uint)count <= 15)
        {
            WriteCode((byte)(MessagePackCode.FixMap | count));
        }
        else
        {
            WriteCount(count, MessagePackCode.Map16, MessagePackCode.Map32);
        }
    }

    /// <inheritdoc/>
    public readonly void BeginKey()
    {
    }

    /// <inheritdoc/>
    public readonly void EndKey()
    {
    }

    /// <inheritdoc/>
    public readonly void EndMap()
    {
    }

    // Safe after Reserve alone: whoever calls it writes no more bytes than it has reserved.
    private readonly ref byte Target => ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _position);

    /// <summary>What is reserved behind the next <paramref name="skipped"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Span<byte> Rest(int skipped) => _span[(_position + skipped)..];

    private void WriteLongInteger(ulong value)
    {
        Reserve(9);
        ref var target = ref Target;
        if (value > uint.MaxValue)
        {
            Put(ref target, MessagePackCode.UInt64, BinaryPrimitives.ReverseEndianness(value));
        }
        else if (value > ushort.MaxValue)
        {
            Put(ref target, MessagePackCode.UInt32, BinaryPrimitives.ReverseEndianness((uint)value));
        }
        else if (value > byte.MaxValue)
        {
            Put(ref target, MessagePackCode.UInt16, BinaryPrimitives.ReverseEndianness((ushort)value));
        }
        else
        {
            Put(ref target, MessagePackCode.UInt8, (byte)value);
        }
    }

    private void WriteNegativeInteger(long value)
    {
        Reserve(9);
        ref var target = ref Target;
        if (value >= -32)
        {
            target = (byte)value;
            _position++;
        }
        else if (value >= sbyte.MinValue)
        {
            Put(ref target, MessagePackCode.Int8, (byte)value);
        }
        else if (value >= short.MinValue)
        {
            Put(ref target, MessagePackCode.Int16, BinaryPrimitives.ReverseEndianness((short)value));
        }
        else if (value >= int.MinValue)
        {
            Put(ref target, MessagePackCode.Int32, BinaryPrimitives.ReverseEndianness((int)value));
        }
        else
        {
            Put(ref target, MessagePackCode.Int64, BinaryPrimitives.ReverseEndianness(value));
        }
    }

    // The header's size is guessed as if the text were ASCII, which it mostly is; when it is not, the bytes are moved.
    private void WriteLongString(string value)
    {
        Reserve(checked(5 + (value.Length * 3)));
        var guess = StringHeaderSize(value.Length);
        var bytes = Encoding.UTF8.GetBytes(value, Rest(guess));
        var header = StringHeaderSize(bytes);
        if (header != guess)
        {
            Rest(guess)[..bytes].CopyTo(Rest(header));
        }

        WriteStringHeader(bytes, header);
        _position += bytes;
    }

    private static int StringHeaderSize(int bytes) => bytes switch
    {
        <= 31 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    private void WriteStringHeader(int bytes, int header)
    {
        ref var target = ref Target;
        switch (header)
        {
            case 1:
                target = (byte)(MessagePackCode.FixString | bytes);
                _position += 1;
                break;
            case 2:
                target = MessagePackCode.String8;
                Unsafe.Add(ref target, 1) = (byte)bytes;
                _position += 2;
                break;
            case 3:
                Put(ref target, MessagePackCode.String16, BinaryPrimitives.ReverseEndianness((ushort)bytes));
                break;
            default:
                Put(ref target, MessagePackCode.String32, BinaryPrimitives.ReverseEndianness(bytes));
                break;
        }
    }

    private void WriteCount(int count, byte code16, byte code32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Reserve(5);
        ref var target = ref Target;
        switch (count)
        {
            case <= ushort.MaxValue:
                Put(ref target, code16, BinaryPrimitives.ReverseEndianness((ushort)count));
                break;
            default:
                Put(ref target, code32, BinaryPrimitives.ReverseEndianness(count));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteCode(byte code)
    {
        Reserve(1);
        Target = code;
        _position++;
    }

    // The formats that the runtime supports run on little-endian machines only, so the caller has reversed the bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<T>(ref byte target, byte code, T bigEndian) where T : unmanaged
    {
        target = code;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 1), bigEndian);
        _position += 1 + Unsafe.SizeOf<T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (_span.Length - _position < count)
        {
            Grow(count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        Flush();
        _span = _buffer.GetSpan(count);
    }
}

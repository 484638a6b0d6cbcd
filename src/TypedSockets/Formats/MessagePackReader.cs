using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedSockets.Formats;

/// <summary>
/// Reads MessagePack from one run of bytes; the counterpart of <see cref="MessagePackWriter"/>. It accepts any encoding of a value, not only the smallest. No input makes it
/// allocate more than a small multiple of the input's length.
/// </summary>
/// <param name="payload">The bytes.</param>
/// <param name="limits">How deep and how long the payload may be.</param>
public ref partial struct MessagePackReader(ReadOnlySpan<byte> payload, PayloadLimits limits) : IFormatReader
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private readonly int _maxDepth = limits.MaxDepth;
    private readonly int _maxCount = limits.MaxCollectionLength;
    private int _position;
    private int _depth;

    /// <inheritdoc/>
    public static bool IsText => false;

    /// <summary>Whether <see cref="Complete"/> has found the payload read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    private readonly int Remaining
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _payload.Length - _position;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_position != _payload.Length)
        {
            ThrowIncomplete();
        }

        IsComplete = true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNil()
    {
        if (_position < _payload.Length && At(_position) == MessagePackCode.Nil)
        {
            _position++;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBoolean()
    {
        var code = ReadCode();
        if (code is not (MessagePackCode.True or MessagePackCode.False))
        {
            ThrowUnexpected(code, "a boolean");
        }

        return code == MessagePackCode.True;
    }

    /// <inheritdoc/>
    public string ReadString() => Utf8Text.Decode(TakeString()) ?? throw NotUtf8();

    /// <inheritdoc/>
    public string ReadInternedString() => InternedStrings.Get(TakeString()) ?? throw NotUtf8();

    /// <inheritdoc/>
    public readonly bool IsNextString() =>
        (uint)_position < (uint)_payload.Length
        && _payload[_position] is (>= MessagePackCode.FixString and < MessagePackCode.Nil) or MessagePackCode.String8 or MessagePackCode.String16 or MessagePackCode.String32;

    /// <inheritdoc/>
    public byte[] ReadByteArray() => ReadBinary().ToArray();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadSerialized() => ReadBinary();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBinary()
    {
        var code = ReadCode();
        return Take(code switch
        {
            MessagePackCode.Bin8 => Take(1)[0],
            MessagePackCode.Bin16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Bin32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, "bytes"),
        });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BeginObject() => TryBeginShortArray(out var count) ? count : Nest(ReadArrayCount("an object"), 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndObject(int unread = 0) => EndArray(unread);

    /// <inheritdoc/>
    public int BeginNamedObject() => BeginMap();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadName() => TakeString();

    /// <inheritdoc/>
    public int BeginArray() => TryBeginShortArray(out var count) ? count : Nest(ReadArrayCount("a list"), 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndArray(int unread = 0)
    {
        if (unread > 0)
        {
            Skip(unread);
        }

        _depth--;
    }

    /// <inheritdoc/>
    public int BeginMap()
    {
        var code = ReadCode();
        return Nest(code switch
        {
            >= MessagePackCode.FixMap and < MessagePackCode.FixArray => code & 0x0fu,
            MessagePackCode.Map16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Map32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, "a map"),
        }, 2);
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
    public void EndMap() => _depth--;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasNext(ref int left) => left-- > 0;

    // Safe for a position that has been compared with the length: nothing sets it below zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref byte At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_payload), (uint)position);

    // Most objects and many lists: one byte says that they begin, and nothing is wrong with their count. Whatever is else is read, or refused, by Nest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryBeginShortArray(out int count)
    {
        var position = _position;
        count = 0;
        if (position >= _payload.Length)
        {
            return false;
        }

        count = At(position) ^ MessagePackCode.FixArray;
        if ((uint)count > 15 || count >= _payload.Length - position || count > _maxCount || _depth >= _maxDepth)
        {
            return false;
        }

        _position = position + 1;
        _depth++;
        return true;
    }

    // A count is checked against the bytes that are left before anybody allocates for it: every value takes at least one byte.
    private int Nest(uint count, int valuesEach)
    {
        if ((ulong)count * (uint)valuesEach > (uint)Remaining)
        {
            throw new PayloadException($"A collection of {count} elements is announced at byte {_position}, but only {Remaining} bytes are left.");
        }

        if (count > (uint)_maxCount)
        {
            throw new PayloadException($"A collection of {count} elements exceeds the limit of {_maxCount} (MaxCollectionLength).");
        }

        if (++_depth > _maxDepth)
        {
            throw new PayloadException($"The payload is nested deeper than the limit of {_maxDepth} (MaxDepth) at byte {_position}.");
        }

        return (int)count;
    }

    private uint ReadArrayCount(string expected)
    {
        var code = ReadCode();
        return code switch
        {
            >= MessagePackCode.FixArray and < MessagePackCode.FixString => code & 0x0fu,
            MessagePackCode.Array16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Array32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, expected),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> TakeString()
    {
        var position = _position;
        if (position < _payload.Length)
        {
            var length = At(position) ^ MessagePackCode.FixString;
            if (length <= 31 && length < _payload.Length - position)
            {
                _position = position + 1 + length;
                return MemoryMarshal.CreateReadOnlySpan(ref At(position + 1), length);
            }
        }

        return TakeLongString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> TakeLongString() => Take(ReadStringLength(ReadCode()));

    private uint ReadStringLength(byte code) => code switch
    {
        >= MessagePackCode.FixString and < MessagePackCode.Nil => code & 0x1fu,
        MessagePackCode.String8 => Take(1)[0],
        MessagePackCode.String16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        MessagePackCode.String32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        _ => throw Unexpected(code, "a string"),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ReadCode()
    {
        var position = _position;
        if (position >= _payload.Length)
        {
            ThrowTruncated(1);
        }

        _position = position + 1;
        return At(position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)Remaining)
        {
            ThrowTruncated(count);
        }

        var position = _position;
        _position = position + (int)count;
        return MemoryMarshal.CreateReadOnlySpan(ref At(position), (int)count);
    }

    [DoesNotReturn]
    private readonly void ThrowTruncated(uint count) =>
        throw new PayloadException($"The payload ends at byte {_payload.Length}: {count} bytes are needed at byte {_position}.");

    [DoesNotReturn]
    private readonly void ThrowIncomplete() => throw new PayloadException($"{Remaining} bytes follow the end of the payload at byte {_position}.");

    private readonly PayloadException NotUtf8() => new($"The string that ends at byte {_position} is not valid UTF-8.");

    [DoesNotReturn]
    private readonly void ThrowUnexpected(byte code, string expected) => throw Unexpected(code, expected);

    private readonly PayloadException Unexpected(byte code, string expected) => new($"Byte {_position - 1} is 0x{code:x2}, where {expected} should begin.");
}

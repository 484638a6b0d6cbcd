using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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
    private readonly PayloadLimits _limits = limits;
    private int _position;
    private int _depth;

    /// <inheritdoc/>
    public static bool IsText => false;

    /// <summary>Whether <see cref="Complete"/> has found the payload read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    private readonly int Remaining => _payload.Length - _position;

    /// <inheritdoc/>
    public void Complete()
    {
        if (_position != _payload.Length)
        {
            throw new PayloadException($"{Remaining} bytes follow the end of the payload at byte {_position}.");
        }

        IsComplete = true;
    }

    /// <inheritdoc/>
    public bool TryReadNil()
    {
        if ((uint)_position < (uint)_payload.Length && _payload[_position] == MessagePackCode.Nil)
        {
            _position++;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool ReadBoolean()
    {
        var code = ReadCode();
        return code switch
        {
            MessagePackCode.True => true,
            MessagePackCode.False => false,
            _ => throw Unexpected(code, "a boolean"),
        };
    }

    /// <inheritdoc/>
    public string ReadString() => Utf8Text.Decode(Take(ReadStringLength())) ?? throw NotUtf8();

    /// <inheritdoc/>
    public string ReadInternedString() => InternedStrings.Get(Take(ReadStringLength())) ?? throw NotUtf8();

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
    public byte[] ReadByteArray() => ReadBinary().ToArray();

    /// <inheritdoc/>
    public int BeginObject() => Nest(ReadArrayCount("an object"), 1);

    /// <inheritdoc/>
    public void EndObject(int unread = 0) => EndArray(unread);

    /// <inheritdoc/>
    public int BeginNamedObject() => BeginMap();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadName() => Take(ReadStringLength());

    /// <inheritdoc/>
    public int BeginArray() => Nest(ReadArrayCount("a list"), 1);

    /// <inheritdoc/>
    public void EndArray(int unread = 0)
    {
        for (; unread > 0; unread--)
        {
            Skip();
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

    // A count is checked against the bytes that are left before anybody allocates for it: every value takes at least one byte.
    private int Nest(uint count, int valuesEach)
    {
        if ((ulong)count * (uint)valuesEach > (uint)Remaining)
        {
            throw new PayloadException($"A collection of {count} elements is announced at byte {_position}, but only {Remaining} bytes are left.");
        }

        if (count > (uint)_limits.MaxCollectionLength)
        {
            throw new PayloadException($"A collection of {count} elements exceeds the limit of {_limits.MaxCollectionLength} (MaxCollectionLength).");
        }

        if (++_depth > _limits.MaxDepth)
        {
            throw new PayloadException($"The payload is nested deeper than the limit of {_limits.MaxDepth} (MaxDepth) at byte {_position}.");
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

    private uint ReadStringLength()
    {
        var code = ReadCode();
        return code switch
        {
            >= MessagePackCode.FixString and < MessagePackCode.Nil => code & 0x1fu,
            MessagePackCode.String8 => Take(1)[0],
            MessagePackCode.String16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.String32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, "a string"),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ReadCode()
    {
        if ((uint)_position >= (uint)_payload.Length)
        {
            ThrowTruncated(1);
        }

        return _payload[_position++];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)Remaining)
        {
            ThrowTruncated(count);
        }

        var taken = _payload.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    [DoesNotReturn]
    private readonly void ThrowTruncated(uint count) =>
        throw new PayloadException($"The payload ends at byte {_payload.Length}: {count} bytes are needed at byte {_position}.");

    private readonly PayloadException NotUtf8() => new($"The string that ends at byte {_position} is not valid UTF-8.");

    private readonly PayloadException Unexpected(byte code, string expected) => new($"Byte {_position - 1} is 0x{code:x2}, where {expected} should begin.");
}

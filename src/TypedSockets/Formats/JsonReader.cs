using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

/// <summary>
/// Reads JSON from one run of bytes; the counterpart of <see cref="JsonWriter"/>. It takes what RFC 8259 allows and nothing else: no comments, no trailing commas, no byte order
/// mark, strict UTF-8, and no escape of a surrogate without its other half. Numbers may stand in quotation marks, as in System.Text.Json's web defaults. No input makes it allocate
/// more than a small multiple of the input's length.
/// </summary>
public ref partial struct JsonReader : IFormatReader
{
    private const int NotBegun = -1;

    private readonly ReadOnlySpan<byte> _payload;
    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _attachments;
    private readonly PayloadLimits _limits;
    private int _position;
    private int _depth;
    private bool _inKey;
    private ulong[]? _attachmentsRead;

    /// <summary>Begins to read at the first byte.</summary>
    /// <param name="payload">The text as UTF-8.</param>
    /// <param name="limits">How deep and how long the payload may be.</param>
    /// <param name="attachments">The bytes that <c>{"_placeholder":true,"num":N}</c> stands for, each of which may be read once. Where there are none, bytes are base64.</param>
    public JsonReader(ReadOnlySpan<byte> payload, PayloadLimits limits, ReadOnlySpan<ReadOnlyMemory<byte>> attachments = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _payload = payload;
        _limits = limits;
        _attachments = attachments;
    }

    /// <inheritdoc/>
    public static bool IsText => true;

    /// <summary>Whether <see cref="Complete"/> has found the payload read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <inheritdoc/>
    public void Complete()
    {
        Next();
        if (_position != _payload.Length)
        {
            throw new PayloadException($"{_payload.Length - _position} bytes follow the end of the payload at byte {_position}.");
        }

        IsComplete = true;
    }

    /// <inheritdoc/>
    public bool TryReadNil()
    {
        if (Next() != 'n')
        {
            return false;
        }

        ReadLiteral("null"u8);
        return true;
    }

    /// <inheritdoc/>
    public bool ReadBoolean()
    {
        var code = Next();
        if (code == '"' && _inKey)
        {
            return ReadBooleanKey();
        }

        switch (code)
        {
            case (byte)'t':
                ReadLiteral("true"u8);
                return true;
            case (byte)'f':
                ReadLiteral("false"u8);
                return false;
            default:
                ThrowUnexpected("a boolean");
                return false;
        }
    }

    /// <inheritdoc/>
    public bool IsNextString() => Next() == '"';

    /// <summary>Reads one value of any kind as it stands.</summary>
    /// <returns>The value's text, without the white space around it. The span is valid until the reader's buffer is reused.</returns>
    public ReadOnlySpan<byte> ReadSerialized()
    {
        Next();
        var start = _position;
        Skip();
        return _payload[start.._position];
    }

    /// <summary>Not in JSON, where every object has names: <see cref="BeginNamedObject"/>.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public readonly int BeginObject() => throw new NotSupportedException("The members of an object in JSON have names: BeginNamedObject reads them.");

    /// <inheritdoc/>
    public void EndObject(int unread = 0) => End((byte)'}');

    /// <inheritdoc/>
    public int BeginNamedObject() => Begin((byte)'{', "an object");

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadName()
    {
        if (Next() != '"')
        {
            ThrowUnexpected("a name");
        }

        var name = ReadUnescaped();
        ReadColon();
        return name;
    }

    /// <inheritdoc/>
    public int BeginArray() => Begin((byte)'[', "a list");

    /// <inheritdoc/>
    public void EndArray(int unread = 0) => End((byte)']');

    /// <inheritdoc/>
    public int BeginMap() => Begin((byte)'{', "a map");

    /// <inheritdoc/>
    public void BeginKey()
    {
        if (Next() != '"')
        {
            ThrowUnexpected("a key");
        }

        _inKey = true;
    }

    /// <inheritdoc/>
    public void EndKey()
    {
        _inKey = false;
        ReadColon();
    }

    /// <inheritdoc/>
    public void EndMap() => End((byte)'}');

    /// <inheritdoc/>
    public bool HasNext(ref int left)
    {
        // Counts down from -1: how many elements have begun is known without a place of its own.
        var code = Next();
        if (code is (byte)']' or (byte)'}')
        {
            return false;
        }

        if (left == NotBegun)
        {
            left--;
            return true;
        }

        if (code != ',')
        {
            ThrowUnexpected("a comma or the end of the list or object");
        }

        if (NotBegun - left >= _limits.MaxCollectionLength)
        {
            ThrowTooLong();
        }

        left--;
        ReadComma();
        return true;
    }

    private int Begin(byte bracket, string expected)
    {
        if (Next() != bracket)
        {
            ThrowUnexpected(expected);
        }

        _position++;
        if (++_depth > _limits.MaxDepth)
        {
            ThrowTooDeep();
        }

        return NotBegun;
    }

    private void End(byte bracket)
    {
        if (Next() != bracket)
        {
            SkipUntil(bracket);
        }

        _position++;
        _depth--;
    }

    private void ReadColon()
    {
        if (Next() != ':')
        {
            ThrowUnexpected("a colon");
        }

        _position++;
    }

    // RFC 8259 §4, §5: a comma separates, so something follows it.
    private void ReadComma()
    {
        _position++;
        if (Next() is (byte)']' or (byte)'}')
        {
            ThrowUnexpected("another element");
        }
    }

    private void ReadLiteral(scoped ReadOnlySpan<byte> literal)
    {
        if (!_payload[_position..].StartsWith(literal))
        {
            ThrowUnexpected("a value");
        }

        _position += literal.Length;
    }

    /// <summary>Passes white space and returns the byte behind it, which is not read yet; 0 at the end of the payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next()
    {
        var position = _position;
        if ((uint)position < (uint)_payload.Length && _payload[position] > ' ')
        {
            return _payload[position];
        }

        return NextBehindWhiteSpace();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte NextBehindWhiteSpace()
    {
        for (; _position < _payload.Length; _position++)
        {
            var code = _payload[_position];
            if (code is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                return code;
            }
        }

        return 0;
    }

    [DoesNotReturn]
    private readonly void ThrowUnexpected(string expected) => throw Unexpected(expected);

    [DoesNotReturn]
    private readonly void ThrowTooLong() =>
        throw new PayloadException($"The collection at byte {_position} exceeds the limit of {_limits.MaxCollectionLength} elements (MaxCollectionLength).");

    [DoesNotReturn]
    private readonly void ThrowTooDeep() =>
        throw new PayloadException($"The payload is nested deeper than the limit of {_limits.MaxDepth} (MaxDepth) at byte {_position}.");

    private readonly PayloadException Unexpected(string expected) => new(_position < _payload.Length
        ? $"Byte {_position} is 0x{_payload[_position]:x2}, where {expected} should begin."
        : $"The payload ends at byte {_payload.Length}, where {expected} should begin.");
}

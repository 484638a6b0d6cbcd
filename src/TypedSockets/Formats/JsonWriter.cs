using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedSockets.Formats;

/// <summary>
/// Writes JSON (RFC 8259) as System.Text.Json's web defaults lay it out, without white space. What is written reaches the buffer with <see cref="Flush"/>.
/// </summary>
/// <remarks>
/// Strings are escaped as <c>JSON.stringify</c> does: the quotation mark, the backslash and the control characters below U+0020, nothing else. The text is safe wherever JSON is
/// expected, but must not be pasted into HTML. A surrogate without its other half becomes U+FFFD.
/// </remarks>
public ref partial struct JsonWriter : IFormatWriter
{
    private readonly PayloadBuffer _buffer;
    private readonly IList<byte[]>? _attachments;
    private Span<byte> _span;
    private int _position;
    private int _key;

    /// <summary>Begins to write behind what <paramref name="buffer"/> holds.</summary>
    /// <param name="buffer">Takes the text; it must not be written to by others before <see cref="Flush"/>.</param>
    /// <param name="attachments">
    /// Takes a copy of what <see cref="WriteBinary"/> is given, in whose place <c>{"_placeholder":true,"num":N}</c> is written with its index in this list. Where it is null, the
    /// bytes are written as base64.
    /// </param>
    public JsonWriter(PayloadBuffer buffer, IList<byte[]>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffer = buffer;
        _attachments = attachments;
        _span = buffer.GetSpan(0);
    }

    /// <inheritdoc/>
    public static bool IsText => true;

    // Every value leaves a comma behind it. The end of a list or object puts its bracket over it, the end of a key a colon, and Flush takes the last one back, so no value has to
    // know whether it is the first.

    /// <summary>Hands what has been written to the buffer. To be called once, when the value is complete.</summary>
    public void Flush()
    {
        if (_position > 0 && _span[_position - 1] == ',')
        {
            _position--;
        }

        _buffer.Advance(_position);
        _span = _span[_position..];
        _position = 0;
    }

    /// <inheritdoc/>
    public void WriteNil() => WriteLiteral("null,"u8);

    /// <inheritdoc/>
    public void WriteBoolean(bool value)
    {
        if (value)
        {
            WriteLiteral("true,"u8);
        }
        else
        {
            WriteLiteral("false,"u8);
        }
    }

    /// <summary>Writes a value that is JSON already.</summary>
    /// <param name="value">One complete value. It is not checked: anything else makes the whole payload unreadable.</param>
    public void WriteSerialized(ReadOnlySpan<byte> value)
    {
        Reserve(checked(value.Length + 1));
        value.CopyTo(_span[_position..]);
        _position += value.Length;
        _span[_position++] = (byte)',';
    }

    /// <inheritdoc/>
    public void BeginObject(int members) => Begin((byte)'{');

    /// <inheritdoc/>
    public void BeginNamedObject(int members) => Begin((byte)'{');

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteName(ReadOnlySpan<byte> name)
    {
        Reserve(checked(name.Length + 3));
        ref var target = ref Target;
        target = (byte)'"';
        name.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, 1), name.Length));
        Unsafe.Add(ref target, name.Length + 1) = (byte)'"';
        Unsafe.Add(ref target, name.Length + 2) = (byte)':';
        _position += name.Length + 3;
    }

    /// <inheritdoc/>
    public void EndObject() => End((byte)'}');

    /// <inheritdoc/>
    public void BeginArray(int count) => Begin((byte)'[');

    /// <inheritdoc/>
    public void EndArray() => End((byte)']');

    /// <inheritdoc/>
    public void BeginMap(int count) => Begin((byte)'{');

    /// <inheritdoc/>
    public void BeginKey() => _key = _position;

    /// <inheritdoc/>
    public void EndKey()
    {
        if (_span[_key] == '"')
        {
            _span[_position - 1] = (byte)':';
            return;
        }

        // A number or a boolean: the quotation marks go around it.
        Reserve(2);
        var length = _position - 1 - _key;
        _span.Slice(_key, length).CopyTo(_span[(_key + 1)..]);
        _span[_key] = (byte)'"';
        _span[_position] = (byte)'"';
        _span[_position + 1] = (byte)':';
        _position += 2;
    }

    /// <inheritdoc/>
    public void EndMap() => End((byte)'}');

    // Safe after Reserve alone: whoever calls it writes no more bytes than it has reserved.
    private readonly ref byte Target => ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(byte bracket)
    {
        Reserve(1);
        Target = bracket;
        _position++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(byte bracket)
    {
        Reserve(2);
        if (_span[_position - 1] == ',')
        {
            _position--;
        }

        ref var target = ref Target;
        target = bracket;
        Unsafe.Add(ref target, 1) = (byte)',';
        _position += 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteLiteral(ReadOnlySpan<byte> literal)
    {
        Reserve(literal.Length);
        literal.CopyTo(MemoryMarshal.CreateSpan(ref Target, literal.Length));
        _position += literal.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (_span.Length - _position < count)
        {
            Grow(count);
        }
    }

    // Nothing goes to the buffer before Flush, so that the last comma and the beginning of a key stay in reach.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => _span = _buffer.GetSpan(_position, count);
}

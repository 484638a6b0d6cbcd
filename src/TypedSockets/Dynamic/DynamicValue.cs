using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets;

/// <summary>
/// One argument of an event without a contract. What is sent is made by conversion from a string, a number, a boolean, bytes or a <see cref="JsonElement"/>, or is JSON that something
/// else has written (<see cref="Serialized(string)"/>); the default value is null. What came is JSON, in which bytes have placeholders. Immutable; safe for concurrent use.
/// </summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
[SuppressMessage("Usage", "CA2225", Justification = "The conversions are what the type is for; another name for each would say nothing more.")]
public readonly struct DynamicValue
{
    private static readonly JsonElement s_null = Parse("null"u8);

    // A JsonElement, text, bytes (ReadOnlyMemory), a boxed number or boolean, or null.
    private readonly object? _value;
    private readonly ReadOnlyMemory<byte>[]? _attachments;

    private DynamicValue(object? value, ReadOnlyMemory<byte>[]? attachments = null)
    {
        _value = value;
        _attachments = attachments;
    }

    /// <summary>The value as JSON. Bytes in it are objects that <see cref="TryGetBytes(JsonElement, out ReadOnlyMemory{byte})"/> knows.</summary>
    /// <exception cref="InvalidOperationException">The value was made here, and of something else.</exception>
    public JsonElement Json => _value switch
    {
        null => s_null,
        JsonElement element => element,
        _ => throw new InvalidOperationException($"A value that was made of {_value.GetType().Name} has no JSON before it is sent."),
    };

    /// <summary>A value that is JSON already.</summary>
    /// <param name="json">One complete value.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static DynamicValue Serialized(ReadOnlySpan<byte> json) => new(Parse(json));

    /// <inheritdoc cref="Serialized(ReadOnlySpan{byte})"/>
    public static DynamicValue Serialized(string json) => Serialized(Encoding.UTF8.GetBytes(json));

    /// <summary>Text; null is sent as null.</summary>
    public static implicit operator DynamicValue(string? value) => new(value);

    /// <summary>A boolean.</summary>
    public static implicit operator DynamicValue(bool value) => new(value);

    /// <summary>An integer. JavaScript has no more than 53 bits.</summary>
    public static implicit operator DynamicValue(long value) => new(value);

    /// <inheritdoc cref="op_Implicit(long)"/>
    public static implicit operator DynamicValue(int value) => new((long)value);

    /// <summary>A number. NaN and the infinities, which JSON does not know, cannot be sent.</summary>
    public static implicit operator DynamicValue(double value) => new(value);

    /// <summary>A number, with the digits that it has here.</summary>
    public static implicit operator DynamicValue(decimal value) => new(value);

    /// <summary>Bytes, which travel as an attachment; null is sent as null. They are copied when they are sent.</summary>
    public static implicit operator DynamicValue(byte[]? value) => value is null ? default : new DynamicValue(new ReadOnlyMemory<byte>(value));

    /// <summary>Bytes, which travel as an attachment. They are copied when they are sent.</summary>
    public static implicit operator DynamicValue(ReadOnlyMemory<byte> value) => new(value);

    /// <summary>Any JSON. Its document must live until the value is sent.</summary>
    public static implicit operator DynamicValue(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? default : new DynamicValue(value);

    /// <summary>Gives the bytes if that is what the value is.</summary>
    /// <param name="bytes">The bytes.</param>
    public bool TryGetBytes(out ReadOnlyMemory<byte> bytes)
    {
        if (_value is ReadOnlyMemory<byte> own)
        {
            bytes = own;
            return true;
        }

        bytes = default;
        return _value is JsonElement element && TryGetBytes(element, out bytes);
    }

    /// <summary>Gives the bytes that an element within <see cref="Json"/> stands for.</summary>
    /// <param name="element">The element.</param>
    /// <param name="bytes">The bytes.</param>
    public bool TryGetBytes(JsonElement element, out ReadOnlyMemory<byte> bytes)
    {
        if (_attachments is { Length: > 0 } attachments
            && element.ValueKind is JsonValueKind.Object
            && element.TryGetProperty("_placeholder"u8, out var placeholder)
            && placeholder.ValueKind is JsonValueKind.True
            && element.TryGetProperty("num"u8, out var number)
            && number.ValueKind is JsonValueKind.Number
            && number.TryGetInt32(out var index)
            && (uint)index < (uint)attachments.Length)
        {
            bytes = attachments[index];
            return true;
        }

        bytes = default;
        return false;
    }

    /// <summary>The value as JSON or text, for people; bytes as their count.</summary>
    public override string ToString() => _value switch
    {
        null => "null",
        JsonElement element => element.ToString(),
        ReadOnlyMemory<byte> bytes => $"{bytes.Length:N0} bytes",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    internal static DynamicValue Received(JsonElement element, ReadOnlyMemory<byte>[] attachments) => new(element, attachments);

    /// <summary>Writes the value in a format that is JSON.</summary>
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        switch (_value)
        {
            case null:
                writer.WriteNil();
                break;
            case JsonElement element:
                Write(ref writer, element);
                break;
            case ReadOnlyMemory<byte> bytes:
                writer.WriteBinary(bytes.Span);
                break;
            case string text:
                writer.WriteString(text);
                break;
            case bool boolean:
                writer.WriteBoolean(boolean);
                break;
            case long integer:
                writer.WriteInt64(integer);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case decimal number:
                writer.WriteDecimal(number);
                break;
        }
    }

    // Token by token: a document may have been read with comments, which must not be sent, and what came has placeholders, whose bytes are to be sent again. The tokens themselves are
    // copied as they are, with numbers of any size and halves of surrogate pairs.
    private void Write<TWriter>(ref TWriter writer, JsonElement element) where TWriter : struct, IFormatWriter, allows ref struct
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when TryGetBytes(element, out var bytes):
                writer.WriteBinary(bytes.Span);
                break;
            case JsonValueKind.Object:
                writer.BeginNamedObject(element.GetPropertyCount());
                foreach (var property in element.EnumerateObject())
                {
                    writer.WriteName(JsonMarshal.GetRawUtf8PropertyName(property));
                    Write(ref writer, property.Value);
                }

                writer.EndObject();
                break;
            case JsonValueKind.Array:
                writer.BeginArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    Write(ref writer, item);
                }

                writer.EndArray();
                break;
            default:
                writer.WriteSerialized(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PayloadDepth });
        var element = JsonElement.ParseValue(ref reader);
        // Throws when something follows the value.
        reader.Read();
        return element;
    }

    // What is sent is not limited by what this end accepts, but writing recurses.
    private const int PayloadDepth = 512;
}

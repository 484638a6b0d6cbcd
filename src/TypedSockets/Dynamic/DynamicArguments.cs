using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets;

/// <summary>The arguments of an event without a contract, or of its acknowledgement, as they came. They hold memory of their own and may be kept. Immutable; safe for concurrent use.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Arguments are a list.")]
public sealed class DynamicArguments : IReadOnlyList<DynamicValue>
{
    private readonly DynamicValue[] _values;

    private DynamicArguments(DynamicValue[] values) => _values = values;

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>The argument at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer: peers may send any number.</exception>
    public DynamicValue this[int index] => (uint)index < (uint)_values.Length
        ? _values[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {_values.Length} arguments.");

    /// <summary>The arguments as they are sent on.</summary>
    public ReadOnlySpan<DynamicValue> AsSpan() => _values;

    /// <inheritdoc/>
    public IEnumerator<DynamicValue> GetEnumerator() => ((IEnumerable<DynamicValue>)_values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads an array, as packets of Socket.IO have it.</summary>
    /// <param name="json">The array.</param>
    /// <param name="attachments">What the placeholders in it stand for.</param>
    /// <param name="limits">How deep it may be.</param>
    /// <exception cref="JsonException">It is not JSON, no array, or deeper than the limit.</exception>
    public static DynamicArguments Parse(ReadOnlySpan<byte> json, ReadOnlySpan<ReadOnlyMemory<byte>> attachments, PayloadLimits limits)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var array = JsonElement.ParseValue(ref reader);
        // Throws when something follows the value.
        reader.Read();
        if (array.ValueKind is not JsonValueKind.Array)
        {
            throw new JsonException("Arguments are an array.");
        }

        var bytes = attachments.ToArray();
        return new DynamicArguments([.. array.EnumerateArray().Select(element => DynamicValue.Received(element, bytes))]);
    }
}

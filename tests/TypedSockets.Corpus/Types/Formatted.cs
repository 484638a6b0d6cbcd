using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Corpus.Types;

/// <summary>Has a codec of its own.</summary>
[PayloadFormatter(typeof(MoneyCodec))]
public readonly record struct Money(decimal Amount, string Currency);

/// <summary>One string: <c>12.50 NOK</c>.</summary>
public readonly record struct MoneyCodec : IPayloadCodec<Money>
{
    public static void Write<TWriter>(ref TWriter writer, Money value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(FormattableString.Invariant($"{value.Amount} {value.Currency}"));

    public static Money Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        reader.ReadString().Split(' ') is [var amount, var currency] && decimal.TryParse(amount, CultureInfo.InvariantCulture, out var number)
            ? new Money(number, currency)
            : throw new PayloadException("A string is not an amount of money.");
}

/// <summary>A codec for every closed form of a generic type.</summary>
[PayloadFormatter(typeof(SecretCodec<>))]
public sealed record Secret<T>(T? Value);

public readonly record struct SecretCodec<T> : IPayloadCodec<Secret<T>>
{
    public static void Write<TWriter>(ref TWriter writer, Secret<T> value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteString("***");

    public static Secret<T> Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        reader.ReadString();
        return new Secret<T>(default(T));
    }
}

/// <summary>An integer as a string of sixteen digits, where a member asks for it.</summary>
public readonly record struct HexCodec : IPayloadCodec<long>
{
    public static void Write<TWriter>(ref TWriter writer, long value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(value.ToString("x16", CultureInfo.InvariantCulture));

    public static long Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        long.TryParse(reader.ReadString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException("A string is not a number of sixteen digits.");
}

public sealed record Formatted([property: PayloadFormatter(typeof(HexCodec))] long Id, [PayloadFormatter(typeof(HexCodec))] long? Parent, Money Price, Money? Tip);

/// <summary>The program registers a formatter for it.</summary>
[PayloadFormatter]
public sealed record Report(string Title, Dictionary<string, JsonElement> Figures);

[JsonSerializable(typeof(Report))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ReportJson : JsonSerializerContext;

public sealed class ReportFormatter : IPayloadFormatter<Report>
{
    public void Write(IBufferWriter<byte> output, Report value) => JsonSerializer.Serialize(new Utf8JsonWriter(output), value, ReportJson.Default.Report);

    public Report Read(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize(payload, ReportJson.Default.Report) ?? throw new JsonException("A report is an object.");
}

using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>Writes and reads what the two ends say when one connects to the other: it is of one type, which the contract knows. Safe for concurrent use.</summary>
public abstract class ConnectPayload
{
    private protected ConnectPayload()
    {
    }

    /// <summary>Writes a value as JSON. Bytes are base64.</summary>
    public abstract void WriteJson(PayloadBuffer target, object value);

    /// <summary>Writes a value as MessagePack.</summary>
    public abstract void WriteMessagePack(PayloadBuffer target, object value);

    /// <summary>Reads a value from JSON.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of the type. A type's own constructor may throw any other exception.</exception>
    public abstract object ReadJson(ReadOnlySpan<byte> json, ReadOnlySpan<ReadOnlyMemory<byte>> attachments, PayloadLimits limits);

    /// <summary>Reads a value from MessagePack.</summary>
    /// <inheritdoc cref="ReadJson" path="/exception"/>
    public abstract object ReadMessagePack(ReadOnlySpan<byte> messagePack, PayloadLimits limits);
}

/// <inheritdoc/>
/// <typeparam name="T">The type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
internal sealed class ConnectPayload<T, TCodec> : ConnectPayload
    where T : class
    where TCodec : struct, IPayloadCodec<T>
{
    public override void WriteJson(PayloadBuffer target, object value)
    {
        var writer = new JsonWriter(target);
        TCodec.Write(ref writer, (T)value);
        writer.Flush();
    }

    public override void WriteMessagePack(PayloadBuffer target, object value)
    {
        var writer = new MessagePackWriter(target);
        TCodec.Write(ref writer, (T)value);
        writer.Flush();
    }

    public override object ReadJson(ReadOnlySpan<byte> json, ReadOnlySpan<ReadOnlyMemory<byte>> attachments, PayloadLimits limits)
    {
        var reader = new JsonReader(json, limits, attachments);
        var value = TCodec.Read(ref reader);
        reader.Complete();
        return value;
    }

    public override object ReadMessagePack(ReadOnlySpan<byte> messagePack, PayloadLimits limits)
    {
        var reader = new MessagePackReader(messagePack, limits);
        var value = TCodec.Read(ref reader);
        reader.Complete();
        return value;
    }
}

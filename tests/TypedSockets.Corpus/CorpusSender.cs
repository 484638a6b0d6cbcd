using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Corpus;

/// <summary>Writes the one argument of an event in a format and reads it again by the codec of the result, which is of the same type.</summary>
internal sealed class CorpusSender(CorpusFormat format) : EventSender
{
    /// <summary>The arguments of the last event: an array of one.</summary>
    public byte[] Arguments { get; private set; } = [];

    /// <summary>What is read instead of the arguments that were written; null for those.</summary>
    public byte[]? Received { get; init; }

    public override void Send<TArguments>(int eventId, in TArguments arguments) => throw new NotSupportedException("Every event of the corpus has an answer.");

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Every event of the corpus has an answer.");

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        using var buffer = PayloadBuffer.Rent();
        if (format == CorpusFormat.MessagePack)
        {
            var writer = new MessagePackWriter(buffer);
            arguments.Write(ref writer);
            writer.Flush();
            Arguments = buffer.Written.ToArray();
            var reader = new MessagePackReader(Received ?? Arguments, PayloadLimits.Default);
            return new ValueTask<TResult>(Read<MessagePackReader, TResult, TCodec>(ref reader));
        }
        else
        {
            var writer = new JsonWriter(buffer);
            arguments.Write(ref writer);
            writer.Flush();
            Arguments = buffer.Written.ToArray();
            var reader = new JsonReader(Received ?? Arguments, PayloadLimits.Default);
            return new ValueTask<TResult>(Read<JsonReader, TResult, TCodec>(ref reader));
        }
    }

    private static TResult Read<TReader, TResult, TCodec>(ref TReader reader)
        where TReader : struct, IFormatReader, allows ref struct
        where TCodec : struct, IPayloadCodec<TResult>
    {
        var left = reader.BeginArray();
        if (!reader.HasNext(ref left))
        {
            throw new PayloadException("The array of arguments is empty.");
        }

        var result = TCodec.Read(ref reader);
        reader.EndArray(left);
        reader.Complete();
        return result;
    }
}

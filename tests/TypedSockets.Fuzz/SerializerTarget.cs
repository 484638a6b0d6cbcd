using TypedSockets.Corpus;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Fuzz;

/// <inheritdoc/>
internal sealed class SerializerTarget<TArguments, TResult, TCodec>(TArguments arguments) : Target
    where TArguments : struct, IPayload
    where TCodec : struct, IPayloadCodec<TResult>
{
    public override byte[] Encode(CorpusFormat format)
    {
        using var buffer = PayloadBuffer.Rent();
        if (format == CorpusFormat.MessagePack)
        {
            var writer = new MessagePackWriter(buffer);
            arguments.Write(ref writer);
            writer.Flush();
        }
        else
        {
            var writer = new JsonWriter(buffer);
            arguments.Write(ref writer);
            writer.Flush();
        }

        return buffer.Written.ToArray();
    }

    public override void Decode(CorpusFormat format, ReadOnlySpan<byte> payload)
    {
        if (format == CorpusFormat.MessagePack)
        {
            var reader = new MessagePackReader(payload, PayloadLimits.Default);
            Read(ref reader);
        }
        else
        {
            var reader = new JsonReader(payload, PayloadLimits.Default);
            Read(ref reader);
        }
    }

    private static void Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        var left = reader.BeginArray();
        if (!reader.HasNext(ref left))
        {
            throw new PayloadException("The array of arguments is empty.");
        }

        TCodec.Read(ref reader);
        reader.EndArray(left);
        reader.Complete();
    }
}

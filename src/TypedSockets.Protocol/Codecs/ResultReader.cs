using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs;

/// <summary>Reads the result of a request: in ts1 it is the payload, in Socket.IO the first of the acknowledgement's arguments.</summary>
internal static class ResultReader
{
    /// <exception cref="PayloadException">There is no result, or another than expected. A type's own constructor may throw any other exception.</exception>
    public static TResult Read<TResult, TCodec>(scoped PayloadBytes payload, PayloadLimits limits) where TCodec : struct, IPayloadCodec<TResult>
    {
        if (payload.Codec is EventCodec.SocketIOText)
        {
            var json = new JsonReader(payload.Bytes, limits, payload.Attachments);
            return ReadFirst<TResult, TCodec, JsonReader>(ref json);
        }

        var reader = new MessagePackReader(payload.Bytes, limits);
        if (payload.Codec is EventCodec.SocketIOMessagePack)
        {
            return ReadFirst<TResult, TCodec, MessagePackReader>(ref reader);
        }

        var result = TCodec.Read(ref reader);
        reader.Complete();
        return result;
    }

    // What a peer adds behind the result is skipped.
    private static TResult ReadFirst<TResult, TCodec, TReader>(ref TReader reader)
        where TCodec : struct, IPayloadCodec<TResult>
        where TReader : struct, IFormatReader, allows ref struct
    {
        var left = reader.BeginArray();
        if (!reader.HasNext(ref left))
        {
            throw PayloadException.Missing("the result");
        }

        var result = TCodec.Read(ref reader);
        reader.EndArray(left);
        reader.Complete();
        return result;
    }
}

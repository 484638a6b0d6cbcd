using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs;

/// <summary>Reads the result of a request: in ts1 it is the payload, in Socket.IO the first of the acknowledgement's arguments.</summary>
internal static class ResultReader
{
    /// <exception cref="PayloadException">There is no result, or another than expected. A type's own constructor may throw any other exception.</exception>
    public static TResult Read<TResult, TCodec>(scoped PayloadBytes payload, PayloadLimits limits) where TCodec : struct, IPayloadCodec<TResult>
    {
        if (payload.Codec is not EventCodec.Ts1)
        {
            return ReadFirst<TResult, TCodec>(new JsonReader(payload.Bytes, limits, payload.Attachments));
        }

        var reader = new MessagePackReader(payload.Bytes, limits);
        var result = TCodec.Read(ref reader);
        reader.Complete();
        return result;
    }

    // What a peer adds behind the result is skipped.
    private static TResult ReadFirst<TResult, TCodec>(JsonReader reader) where TCodec : struct, IPayloadCodec<TResult>
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

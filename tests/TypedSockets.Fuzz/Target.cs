using TypedSockets.Corpus;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Fuzz;

/// <summary>The generated serializer of one type of the corpus.</summary>
public abstract class Target
{
    /// <summary>A payload to begin with.</summary>
    public abstract byte[] Encode(CorpusFormat format);

    /// <summary>Reads one value; what it allocates is the value and, when it is refused, the exception.</summary>
    /// <exception cref="PayloadException">It is none.</exception>
    public abstract void Decode(CorpusFormat format, ReadOnlySpan<byte> payload);

    /// <summary>Reaches the serializer of a case the way a connection does: a proxy names it as a type argument.</summary>
    public static Target Of(CorpusCase item)
    {
        var capture = new Capture();
        item.Send(capture);
        return capture.Target ?? throw new InvalidOperationException($"'{item.Name}' sent nothing.");
    }

    private sealed class Capture : EventSender
    {
        public Target? Target { get; private set; }

        public override void Send<TArguments>(int eventId, in TArguments arguments) => throw new NotSupportedException();

        public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
        {
            Target = new SerializerTarget<TArguments, TResult, TCodec>(arguments);
            return default;
        }
    }
}

using TypedSockets.Events;

namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>
/// Reaches generated serializers, which are private to the generated file, the way a connection does: a proxy names the serializer of an event's result as a type argument.
/// </summary>
internal sealed class SerializerCapture(object value) : EventSender
{
    /// <summary>The serializer with MessagePack.</summary>
    public Subject? MessagePack { get; private set; }

    /// <summary>The serializer with JSON.</summary>
    public Subject? Json { get; private set; }

    public override void Send<TArguments>(int eventId, in TArguments arguments) => throw new NotSupportedException();

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        MessagePack = new GeneratedSubject<TResult, TCodec>((TResult)value);
        Json = new GeneratedJsonSubject<TResult, TCodec>((TResult)value);
        return default;
    }
}

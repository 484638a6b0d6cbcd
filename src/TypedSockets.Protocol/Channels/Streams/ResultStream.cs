using TypedSockets.Events;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>What a handler returned as a stream. Its end is the answer of the event.</summary>
/// <param name="channel">Carries the items.</param>
/// <param name="source">What is enumerated.</param>
/// <param name="eventId">The event that it answers.</param>
/// <param name="context">Where handlers run.</param>
internal sealed class ResultStream(EventChannel channel, StreamSource source, int eventId, SynchronizationContext? context) : OutgoingStream(channel, source, Result, context)
{
    /// <summary>The number of the stream that an event is answered with.</summary>
    public const int Result = 0;

    // The answer says it, when the source has been disposed.
    protected override void OnStoppedUnsynchronized()
    {
    }

    protected override void OnFinished(Exception? failure)
    {
        var wasStopped = !TryEnd(failure);
        if (failure is null && wasStopped && OversizedBytes == 0)
        {
            failure = new OperationCanceledException();
        }

        Channel.AnswerStream(eventId, AckId, failure, OversizedBytes);
    }
}

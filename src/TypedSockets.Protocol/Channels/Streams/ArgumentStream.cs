using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>What a caller sends as a stream with an event. It is ended by a packet of its own, exactly once, whatever becomes of the event.</summary>
/// <param name="channel">Carries the items.</param>
/// <param name="source">What is enumerated.</param>
/// <param name="number">Which of the event's streams it is, from 1.</param>
/// <param name="request">The call that it is part of.</param>
internal sealed class ArgumentStream(EventChannel channel, StreamSource source, int number, PendingRequest request) : OutgoingStream(channel, source, number, null)
{
    protected override void OnStoppedUnsynchronized() => SendEnd(RemoteFault.Canceled, null);

    // Under the lock as well: who finds the stream stopped frees the number, and the end must not come behind the next request that has it.
    protected override void OnEndedUnsynchronized(Exception? failure)
    {
        if (failure is null)
        {
            SendEnd(null, null);
        }
        else
        {
            SendEnd(RemoteFault.StreamFailed, Channel.DetailOf(failure));
        }
    }

    protected override void OnFinished(Exception? failure)
    {
        if (OversizedBytes > 0)
        {
            failure ??= new PayloadTooLargeException(request.Event, OversizedBytes, Channel.Host.MaxPacketBytes);
        }

        if (!TryEnd(failure))
        {
            // What a source throws because it was stopped is its own affair; all else is to be known.
            if (failure is not (null or OperationCanceledException))
            {
                Channel.Host.OnHandlerFault(request.Event, failure);
            }
        }
        else if (failure is not null)
        {
            request.Abandon(failure);
        }
    }

    private void SendEnd(RemoteFault? fault, string? detail)
    {
        using var buffer = PayloadBuffer.Rent();
        Channel.TrySend(Ts1Writer.WriteStreamEnd(buffer, Channel.Numbers.NamespaceNumber, AckId, Number, fault, detail));
    }
}

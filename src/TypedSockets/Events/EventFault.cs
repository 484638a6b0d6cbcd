using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>A fault that an event declares: turns what a handler threw into an answer, and the answer into what the caller catches. The generator names one for each. Safe for concurrent use.</summary>
public abstract class EventFault
{
    private protected EventFault(string name) => Name = name;

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>Whether an exception is this fault.</summary>
    public abstract bool Declares(FaultException exception);

    /// <summary>Answers a request with the fault, if the exception is it.</summary>
    /// <param name="replies">Takes the answer.</param>
    /// <param name="ackId">What the peer correlates the answer with.</param>
    /// <param name="exception">What the handler threw.</param>
    /// <returns>False when the exception is another fault; nothing was sent.</returns>
    public abstract bool TryAnswer(EventReplies replies, uint ackId, FaultException exception);

    /// <summary>Reads the value of a fault that came.</summary>
    /// <param name="event">The event whose handler ended with it, as <c>Contract.Event</c>.</param>
    /// <param name="reader">At the value.</param>
    /// <returns>What the caller catches.</returns>
    /// <exception cref="PayloadException">The bytes are not a value of the fault's type. A type's own constructor may throw any other exception.</exception>
    public abstract RemoteException Read(string @event, ref MessagePackReader reader);

    /// <inheritdoc cref="Read(string, ref MessagePackReader)"/>
    public abstract RemoteException Read(string @event, ref JsonReader reader);
}

/// <inheritdoc/>
/// <typeparam name="T">What the fault tells.</typeparam>
/// <typeparam name="TCodec">The codec of <typeparamref name="T"/>.</typeparam>
/// <param name="name">The name on the wire.</param>
public sealed class EventFault<T, TCodec>(string name) : EventFault(name)
    where T : notnull
    where TCodec : struct, IPayloadCodec<T>
{
    /// <inheritdoc/>
    public override bool Declares(FaultException exception) => exception is FaultException<T>;

    /// <inheritdoc/>
    public override bool TryAnswer(EventReplies replies, uint ackId, FaultException exception)
    {
        if (exception is not FaultException<T> fault)
        {
            return false;
        }

        replies.Fault<T, TCodec>(ackId, Name, fault.Value);
        return true;
    }

    /// <inheritdoc/>
    public override RemoteException Read(string @event, ref MessagePackReader reader) => new RemoteFaultException<T>(@event, Name, TCodec.Read(ref reader));

    /// <inheritdoc/>
    public override RemoteException Read(string @event, ref JsonReader reader) => new RemoteFaultException<T>(@event, Name, TCodec.Read(ref reader));
}

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The call that a stream which this end reads is part of. Safe for concurrent use; after the call is over nothing reaches the peer.</summary>
internal interface IIncomingStreamOwner
{
    /// <summary>The event, as <c>Contract.Event</c>.</summary>
    string Event { get; }

    /// <summary>Tells the writer how much more it may send.</summary>
    void SendCredit(int stream, uint items, uint bytes);

    /// <summary>The reader wants no more.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="why">What the reader was told; null when it left by itself.</param>
    void GiveUp(int stream, OperationCanceledException? why);
}

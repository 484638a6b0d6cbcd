namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>A request with streams. Its number is not free before everything about them has been sent (<see cref="PendingRequests.Release"/>).</summary>
internal interface IStreamingRequest
{
    /// <summary>What it is answered with, where that is a stream.</summary>
    IncomingStream? Result { get; }

    /// <summary>What it takes.</summary>
    ArgumentStreams Arguments { get; }
}

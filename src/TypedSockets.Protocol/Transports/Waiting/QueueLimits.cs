namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>How much may wait for a peer that reads too slowly.</summary>
/// <param name="MaxBytes">In bytes.</param>
/// <param name="MaxPackets">In packets.</param>
internal readonly record struct QueueLimits(long MaxBytes, int MaxPackets)
{
    // What the pipe of a socket takes before it says that it has enough.
    private const long MaxOfferedBytes = 64 * 1024;

    public bool Allow(long bytes, int packets) => bytes <= MaxBytes && packets <= MaxPackets;

    /// <summary>Whether a packet that may be replaced or dropped may still be queued where it cannot be any more: it must not use up the room of those that may not.</summary>
    public bool AllowOffer(long bytes, int packets) => bytes <= Math.Min(MaxOfferedBytes, MaxBytes / 2) && packets <= MaxPackets / 2;
}

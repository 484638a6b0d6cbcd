namespace TypedSockets;

/// <summary>The other end reads more slowly than events for it arise.</summary>
/// <param name="QueuedBytes">How much was waiting to be sent.</param>
/// <param name="Limit">How much may wait.</param>
public sealed record SlowConsumer(long QueuedBytes, long Limit) : DisconnectReason(DisconnectCode.SlowConsumer, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => $"{QueuedBytes:N0} bytes are waiting to be sent; the limit is {Limit:N0} bytes.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "forced close";
}

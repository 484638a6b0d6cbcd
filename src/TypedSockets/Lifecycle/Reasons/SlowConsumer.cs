namespace TypedSockets;

/// <summary>The other end reads more slowly than events for it arise, and more wait for it than may. Events that may be replaced or dropped never bring it about.</summary>
/// <param name="Queued">How much would have waited to be sent.</param>
/// <param name="Limit">How much may wait.</param>
public sealed record SlowConsumer(long Queued, long Limit) : DisconnectReason(DisconnectCode.SlowConsumer, Initiator.Local)
{
    /// <summary>What <see cref="Queued"/> and <see cref="Limit"/> count. Default bytes.</summary>
    public QueueUnit Unit { get; init; }

    /// <inheritdoc/>
    public override string Description => Unit is QueueUnit.Packets
        ? $"{Queued:N0} packets are waiting to be sent; the limit is {Limit:N0} packets (MaxQueuedPackets)."
        : $"{Queued:N0} bytes are waiting to be sent; the limit is {Limit:N0} bytes (MaxQueuedBytes).";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "forced close";
}

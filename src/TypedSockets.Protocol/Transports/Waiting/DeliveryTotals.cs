namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>What became of the events of all connections of one end that may be replaced or dropped, ended connections included. Safe for concurrent use.</summary>
/// <remarks>Counted here and told when somebody asks: it happens under the locks of transports, where nobody else's code is to run.</remarks>
internal sealed class DeliveryTotals
{
    private long _conflated;
    private long _dropped;

    /// <summary>How many were replaced by newer ones.</summary>
    public long Conflated => Interlocked.Read(ref _conflated);

    /// <summary>How many were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Conflate() => Interlocked.Increment(ref _conflated);

    public void Drop() => Interlocked.Increment(ref _dropped);
}

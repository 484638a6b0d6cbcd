namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>What became of one connection's events that may be replaced or dropped. Exists once one could not go out at once. Safe for concurrent use.</summary>
internal sealed class DeliveryCounters
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromSeconds(30);

    private long _conflated;
    private long _dropped;
    private long _nextReport = long.MinValue;

    /// <summary>How many were replaced by newer ones.</summary>
    public long Conflated => Interlocked.Read(ref _conflated);

    /// <summary>How many were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Conflate() => Interlocked.Increment(ref _conflated);

    public void Drop() => Interlocked.Increment(ref _dropped);

    /// <summary>Whether it is time to say that the peer is behind: it is not when that was said a short time ago.</summary>
    public bool IsReportDue(TimeSpan now)
    {
        var due = Interlocked.Read(ref _nextReport);
        return now.Ticks >= due && Interlocked.CompareExchange(ref _nextReport, (now + s_reportInterval).Ticks, due) == due;
    }
}

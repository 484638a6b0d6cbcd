namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>What became of one connection's events that may be replaced or dropped. Exists once one could not go out at once. Safe for concurrent use.</summary>
/// <param name="totals">Counts the same for all connections of this end; null for nobody.</param>
internal sealed class DeliveryCounters(DeliveryTotals? totals = null)
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromSeconds(30);

    private long _conflated;
    private long _dropped;
    private long _nextReport = long.MinValue;

    /// <summary>How many were replaced by newer ones.</summary>
    public long Conflated => Interlocked.Read(ref _conflated);

    /// <summary>How many were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Conflate()
    {
        Interlocked.Increment(ref _conflated);
        totals?.Conflate();
    }

    public void Drop()
    {
        Interlocked.Increment(ref _dropped);
        totals?.Drop();
    }

    /// <summary>Whether it is time to say that the peer is behind: it is not when that was said a short time ago.</summary>
    public bool IsReportDue(TimeSpan now) => now.Ticks >= Interlocked.Read(ref _nextReport);

    /// <summary>It is being said that the peer is behind. Returns false when another thread has just said so.</summary>
    public bool TryReport(TimeSpan now)
    {
        var due = Interlocked.Read(ref _nextReport);
        return now.Ticks >= due && Interlocked.CompareExchange(ref _nextReport, (now + s_reportInterval).Ticks, due) == due;
    }
}

namespace TypedSockets.Client.Reconnection;

/// <summary>How long to wait before a try.</summary>
internal static class Backoff
{
    /// <summary>How long a server asks to wait; null when it leaves that to the client. At most 24 days, which is what a timer can wait.</summary>
    public static TimeSpan? RetryAfter(DisconnectReason reason)
    {
        var asked = reason switch
        {
            ServerShuttingDown shutdown => shutdown.RetryAfter,
            RateLimited limited => limited.RetryAfter,
            HandshakeRejected rejected => rejected.RetryAfter,
            _ => null,
        };
        return asked is { } wait ? TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds, 0, int.MaxValue)) : null;
    }

    /// <param name="options">The base, the cap and the spread.</param>
    /// <param name="waits">Counts the waits in a row, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(ReconnectionOptions options, int waits, double random)
    {
        // Spread after the cap: spread before it, every client that has failed often enough would wait exactly the cap, and all would come back together. The exponent stops long
        // before the power could overflow.
        var doubled = options.Delay.TotalMilliseconds * Math.Pow(2, Math.Min(waits - 1, 30));
        var capped = Math.Min(doubled, options.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (1 + (options.RandomizationFactor * ((2 * random) - 1))));
    }
}

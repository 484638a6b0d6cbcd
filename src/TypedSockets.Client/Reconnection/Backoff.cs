namespace TypedSockets.Client.Reconnection;

/// <summary>How long to wait before a try.</summary>
internal static class Backoff
{
    /// <param name="options">The base, the cap and the spread.</param>
    /// <param name="attempt">1 for the first try again.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(ReconnectionOptions options, int attempt, double random)
    {
        // Spread after the cap: spread before it, every client that has failed often enough would wait exactly the cap, and all would come back together. The exponent stops long
        // before the power could overflow.
        var doubled = options.Delay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        var capped = Math.Min(doubled, options.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (1 + (options.RandomizationFactor * ((2 * random) - 1))));
    }
}

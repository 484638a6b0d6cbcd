namespace TypedSockets.Client;

/// <summary>
/// How a client comes back by itself: after the first try as after a lost connection, waiting longer each time. A server that says how long to wait is obeyed instead. It never comes
/// back after <see cref="ClientDisconnect"/>, <see cref="ServerDisconnect"/>, or where <see cref="DisconnectReason.AllowsReconnect"/> says no.
/// </summary>
public sealed record ReconnectionOptions
{
    /// <summary>Whether the client comes back at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long is waited before the first try again, before it is spread; doubled each time. Default 1 second; positive.</summary>
    public TimeSpan Delay
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Delay must be positive.");
    } = TimeSpan.FromSeconds(1);

    /// <summary>What doubling stops at, before it is spread. Default 5 seconds; positive.</summary>
    public TimeSpan MaxDelay
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxDelay must be positive.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How far a delay is spread at random to both sides, as a part of itself, so that the clients of a server that failed do not all come back at once. Default 0.5, which makes
    /// 1 second 0.5 to 1.5; 0 to 1.
    /// </summary>
    public double RandomizationFactor
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "RandomizationFactor is from 0 to 1.");
    } = 0.5;

    /// <summary>How many tries in a row may fail before the client gives up. Default null: it never does. At least 1.</summary>
    public int? MaxAttempts
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxAttempts is at least 1.");
    }
}

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>How often a server pings, and how long it waits for the pong.</summary>
internal sealed record Heartbeat(TimeSpan Interval, TimeSpan Timeout)
{
    /// <summary>Never due in a test that is about something else.</summary>
    public static Heartbeat Calm { get; } = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20));

    /// <summary>Due several times in a test, and soon missed.</summary>
    public static Heartbeat Quick { get; } = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(500));

    /// <summary>Due several times in a test, and not missed on a busy machine.</summary>
    public static Heartbeat Patient { get; } = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(10));
}

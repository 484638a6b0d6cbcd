namespace TypedSockets.Lifecycle.Tests;

/// <summary>What carries the session when something happens to it.</summary>
public enum Way
{
    WebSocket,
    Polling,

    /// <summary>A WebSocket that the session moved to from polling.</summary>
    Upgraded,
}

internal static class Ways
{
    public static Way[] All { get; } = Enum.GetValues<Way>();

    /// <summary>Before there is a session nothing can have been upgraded.</summary>
    public static Way[] First { get; } = [Way.WebSocket, Way.Polling];

    public static TransportKind[] Transports(this Way way) => way switch
    {
        Way.WebSocket => [TransportKind.WebSocket],
        Way.Polling => [TransportKind.Polling],
        Way.Upgraded => [TransportKind.Polling, TransportKind.WebSocket],
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "Not a way."),
    };
}

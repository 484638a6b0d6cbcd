namespace TypedSockets;

/// <summary>The server is being stopped.</summary>
/// <param name="RetryAfter">How long a client should wait before it comes back; null to leave it to its own back-off.</param>
public sealed record ServerShuttingDown(TimeSpan? RetryAfter = null) : DisconnectReason(DisconnectCode.ServerShuttingDown, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => RetryAfter is { } wait ? $"The server is shutting down; it asks to wait {wait.TotalSeconds:0.###} s before coming back." : "The server is shutting down.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "server shutting down";
}

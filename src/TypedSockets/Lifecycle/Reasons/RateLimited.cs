namespace TypedSockets;

/// <summary>The client sent more events than the server takes in a while.</summary>
/// <param name="RetryAfter">How long a client should wait before it comes back; null to leave it to its own back-off.</param>
public sealed record RateLimited(TimeSpan? RetryAfter = null) : DisconnectReason(DisconnectCode.RateLimited, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => RetryAfter is { } wait ? $"The client sent too many events; the server asks to wait {wait.TotalSeconds:0.###} s before coming back." : "The client sent too many events.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "forced close";
}

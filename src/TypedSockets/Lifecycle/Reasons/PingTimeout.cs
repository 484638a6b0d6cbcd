namespace TypedSockets;

/// <summary>Nothing was heard from the other end for too long.</summary>
/// <param name="Silence">How long nothing was heard.</param>
/// <param name="Limit">How long silence was allowed to last.</param>
public sealed record PingTimeout(TimeSpan Silence, TimeSpan Limit) : DisconnectReason(DisconnectCode.PingTimeout, Initiator.Network)
{
    /// <inheritdoc/>
    public override string Description => $"Nothing was heard for {Silence.TotalSeconds:0.###} s; the limit is {Limit.TotalSeconds:0.###} s.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "ping timeout";
}

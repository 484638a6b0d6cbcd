namespace TypedSockets;

/// <summary>The client joined no namespace in time.</summary>
/// <param name="Limit">How long the server waited.</param>
public sealed record ForcedServerClose(TimeSpan Limit) : DisconnectReason(DisconnectCode.ForcedServerClose, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => $"No namespace was joined within {Limit.TotalSeconds:0.###} s.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "forced server close";
}

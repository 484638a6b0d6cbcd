namespace TypedSockets;

/// <summary>A packet came that may not be sent now.</summary>
/// <param name="Violation">The rule that was broken.</param>
public sealed record ForcedClose(string Violation) : DisconnectReason(DisconnectCode.ForcedClose, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => $"The protocol was violated: {Violation}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "forced close";
}

namespace TypedSockets;

/// <summary>The two ends cannot talk: the server does not know the contract's namespace, or refuses this build of it.</summary>
/// <param name="Detail">What the two ends do not agree on.</param>
public sealed record ContractMismatch(string Detail) : DisconnectReason(DisconnectCode.ContractMismatch, Initiator.Remote)
{
    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <inheritdoc/>
    public override string Description => $"The contract does not match: {Detail}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "connect_error" : "server namespace disconnect";
}

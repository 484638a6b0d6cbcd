namespace TypedSockets;

/// <summary>The two ends cannot talk: the server does not know the contract's namespace, or one of the two refuses the other's build of it (<see cref="ContractPolicy"/>).</summary>
/// <param name="Detail">What the two ends do not agree on.</param>
public sealed record ContractMismatch(string Detail) : DisconnectReason(DisconnectCode.ContractMismatch, Initiator.Remote)
{
    /// <summary>How the builds compare, where one end refused the other's; null where the server does not know the namespace.</summary>
    public ContractAgreement? Agreement { get; init; }

    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <inheritdoc/>
    public override string Description => $"The contract does not match: {Detail}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "connect_error" : "server namespace disconnect";
}

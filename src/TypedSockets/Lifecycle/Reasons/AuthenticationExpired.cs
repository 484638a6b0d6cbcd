namespace TypedSockets;

/// <summary>What the client authenticated with has expired, and it has sent nothing newer in time. A client that comes back gets a new token first.</summary>
public sealed record AuthenticationExpired() : DisconnectReason(DisconnectCode.AuthenticationExpired, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => "The authentication of the client has expired.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "forced close";
}

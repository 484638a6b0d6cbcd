namespace TypedSockets;

/// <summary>The client closed by hand. It does not come back by itself.</summary>
public sealed record ClientDisconnect() : DisconnectReason(DisconnectCode.ClientDisconnect, Initiator.Local)
{
    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <inheritdoc/>
    public override string Description => "The client closed the connection.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "io client disconnect" : "client namespace disconnect";
}

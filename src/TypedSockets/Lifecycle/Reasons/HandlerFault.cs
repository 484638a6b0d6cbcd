namespace TypedSockets;

/// <summary>A handler failed in a place where the connection cannot go on.</summary>
/// <param name="Event">The handler that failed, such as OnConnected.</param>
/// <param name="Exception">The failure, on the end where it happened; it does not cross the wire.</param>
public sealed record HandlerFault(string Event, Exception? Exception = null) : DisconnectReason(DisconnectCode.HandlerFault, Initiator.Local)
{
    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <inheritdoc/>
    public override string Description => $"The handler of '{Event}' failed.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "io server disconnect" : "server namespace disconnect";
}

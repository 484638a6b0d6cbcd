namespace TypedSockets;

/// <summary>The server closed this namespace. The client does not come back by itself.</summary>
/// <param name="Text">What the server said to the person; null when it said nothing.</param>
public sealed record ServerDisconnect(string? Text = null) : DisconnectReason(DisconnectCode.ServerDisconnect, Initiator.Local)
{
    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <inheritdoc/>
    public override string Description => Text is null ? "The server closed the connection." : $"The server closed the connection: {Text}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "io server disconnect" : "server namespace disconnect";
}

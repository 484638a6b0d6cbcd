namespace TypedSockets;

/// <summary>The server refused the handshake.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What the server said about it.</param>
public sealed record HandshakeRejected(int Status, string Text) : DisconnectReason(DisconnectCode.HandshakeRejected, Initiator.Remote)
{
    /// <inheritdoc/>
    public override string Description => $"The server refused the handshake with status {Status}: {Text}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "transport error";
}

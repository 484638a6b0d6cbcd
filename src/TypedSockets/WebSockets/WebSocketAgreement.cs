namespace TypedSockets;

/// <summary>What the two ends of a WebSocket agreed on at the handshake. Immutable.</summary>
/// <param name="SubProtocol">The subprotocol; null when none was agreed on.</param>
/// <param name="Extensions">
/// The extensions as the server named them, such as <c>permessage-deflate; server_no_context_takeover</c>; null when there are none, and in a browser, which does not tell.
/// </param>
public sealed record WebSocketAgreement(string? SubProtocol, string? Extensions)
{
    /// <summary>Neither a subprotocol nor an extension.</summary>
    public static WebSocketAgreement Plain { get; } = new(null, null);
}

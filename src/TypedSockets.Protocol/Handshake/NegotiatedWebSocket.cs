using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Handshake;

/// <summary>What a handshake agreed on, as a transport needs it.</summary>
/// <param name="Agreement">What the application may see of it.</param>
/// <param name="Deflate">How messages are compressed; null when they are not.</param>
internal sealed record NegotiatedWebSocket(WebSocketAgreement Agreement, DeflateTerms? Deflate)
{
    /// <summary>Nothing was agreed on.</summary>
    public static NegotiatedWebSocket Plain { get; } = new(WebSocketAgreement.Plain, null);

    public static NegotiatedWebSocket Create(string? subProtocol, string? extensions, DeflateTerms? deflate) =>
        subProtocol is null && extensions is null ? Plain : new NegotiatedWebSocket(new WebSocketAgreement(subProtocol, extensions), deflate);
}

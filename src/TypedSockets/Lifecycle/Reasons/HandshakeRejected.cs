namespace TypedSockets;

/// <summary>The server refused the handshake.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What the server said about it.</param>
public sealed record HandshakeRejected(int Status, string Text) : DisconnectReason(DisconnectCode.HandshakeRejected, Initiator.Remote)
{
    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;

    /// <summary>How long the server asks to wait before the next try (<c>Retry-After</c>), where it says so in seconds; null to leave it to the client's back-off.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Only where trying again can help: the server is overloaded or in trouble, rather than the request wrong.</summary>
    public override bool AllowsReconnect => Status is >= 500 or RequestTimeout or TooManyRequests;

    /// <inheritdoc/>
    public override string Description => $"The server refused the handshake with status {Status}: {Text}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "transport error";
}

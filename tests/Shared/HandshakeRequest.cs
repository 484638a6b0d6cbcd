namespace TypedSockets.Tests.Shared;

/// <summary>A handshake request that is right unless a test makes it wrong.</summary>
public sealed record HandshakeRequest
{
    public string Method { get; init; } = "GET";

    public string Target { get; init; } = "/socket.io/?EIO=4&transport=websocket&codec=ts1";

    public List<(string Name, string Value)> Headers { get; init; } =
    [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", RawPeer.Key),
    ];

    public HandshakeRequest Without(string name) => this with { Headers = [.. Headers.Where(header => header.Name != name)] };

    public HandshakeRequest With(string name, string value) => Without(name).Also(name, value);

    public HandshakeRequest Also(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public HandshakeRequest To(string query) => this with { Target = $"/socket.io/?{query}" };
}

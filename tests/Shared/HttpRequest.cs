using System.Text;

namespace TypedSockets.Tests.Shared;

/// <summary>An HTTP request as it is written, right or wrong. In the target, <c>{sid}</c> stands for the session's id.</summary>
public sealed record HttpRequest(string Method, string Target)
{
    public List<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    /// <summary>How much of the body is sent; the rest is announced and never comes.</summary>
    public int? SentBytes { get; init; }

    public static HttpRequest Handshake { get; } = new("GET", "/engine.io/?EIO=4&transport=polling");

    public static HttpRequest Poll { get; } = new("GET", Handshake.Target + "&sid={sid}");

    /// <summary>The request that begins a WebSocket; one with this target opens a session of its own.</summary>
    public static HttpRequest WebSocket { get; } = new("GET", "/engine.io/?EIO=4&transport=websocket")
    {
        Headers = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", RawPeer.Key)],
    };

    /// <summary>The WebSocket that a session may move to.</summary>
    public static HttpRequest Upgrade { get; } = WebSocket.To(WebSocket.Target + "&sid={sid}");

    public static HttpRequest Post(string body) => Post(Encoding.UTF8.GetBytes(body));

    public static HttpRequest Post(byte[] body) => new("POST", Poll.Target) { Body = body, Headers = [("Content-Type", "text/plain;charset=UTF-8")] };

    public HttpRequest To(string target) => this with { Target = target };

    public HttpRequest Asking(string query) => this with { Target = $"/engine.io/?{query}" };

    public HttpRequest By(string method) => this with { Method = method };

    public HttpRequest With(string name, string value) => this with { Headers = [.. Headers.Where(header => header.Name != name), (name, value)] };

    public HttpRequest Without(string name) => this with { Headers = [.. Headers.Where(header => header.Name != name)] };

    public byte[] ToBytes(Uri server, string? sid)
    {
        var text = new StringBuilder($"{Method} {Target.Replace("{sid}", sid, StringComparison.Ordinal)} HTTP/1.1\r\nHost: {server.Authority}\r\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is not null && !Headers.Any(header => header.Name == "Transfer-Encoding"))
        {
            text.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(text.Append("\r\n").ToString()), .. (Body ?? []).Take(SentBytes ?? int.MaxValue)];
    }
}

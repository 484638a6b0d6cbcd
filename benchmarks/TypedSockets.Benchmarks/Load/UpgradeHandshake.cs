using System.Security.Cryptography;
using System.Text;

namespace TypedSockets.Benchmarks.Load;

/// <summary>The client's side of the WebSocket opening handshake (RFC 6455 §4.1).</summary>
internal sealed class UpgradeHandshake
{
    // One key for every connection: it is there against caching proxies, and a server cannot tell.
    private const string Key = "dHlwZWRzb2NrZXRzbG9hZA==";

    private readonly byte[] _accept;

    public UpgradeHandshake(string requestTarget, int port)
    {
        Request = Encoding.ASCII.GetBytes($"""
            GET {requestTarget} HTTP/1.1
            Host: 127.0.0.1:{port}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: {Key}


            """.ReplaceLineEndings("\r\n"));
        _accept = Encoding.ASCII.GetBytes(Accept(Key));
    }

    public byte[] Request { get; }

    /// <summary>What a server answers to a key (RFC 6455 §4.2.2).</summary>
    public static string Accept(string key) => Convert.ToBase64String(HashForAccept(key));

    /// <summary>Takes the response off <paramref name="bytes"/>; false when its end has not arrived.</summary>
    public bool TryReadResponse(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = bytes[..end];
        if (!head.StartsWith("HTTP/1.1 101"u8) || head.IndexOf(_accept) < 0)
        {
            throw new LoadException($"The server did not accept the upgrade: '{Encoding.ASCII.GetString(head[..head.IndexOf((byte)'\r')])}'.");
        }

        bytes = bytes[(end + 4)..];
        return true;
    }

#pragma warning disable CA5350 // RFC 6455 prescribes SHA-1 here; nothing is kept secret with it.
    private static byte[] HashForAccept(string key) => SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
}

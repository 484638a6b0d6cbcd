using System.Buffers.Text;
using System.Text;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Client.Transports;

/// <summary>Where requests go, and what their query says (Engine.IO 4, "Handshake").</summary>
internal sealed class HandshakeAddress
{
    private readonly Uri _server;
    private readonly string _query;

    /// <exception cref="ArgumentException">The address is not http, https, ws or wss.</exception>
    public HandshakeAddress(Uri address, TypedSocketOptions options)
    {
        var scheme = address.Scheme switch
        {
            "http" or "ws" => Uri.UriSchemeHttp,
            "https" or "wss" => Uri.UriSchemeHttps,
            _ => throw new ArgumentException($"Address '{address}' has the scheme '{address.Scheme}'; it must be http, https, ws or wss.", nameof(address)),
        };
        _server = new UriBuilder(address) { Scheme = scheme, Port = address.Port, Path = options.Path.TrimEnd('/') + "/", Query = "" }.Uri;
        var query = new StringBuilder();
        foreach (var (name, value) in options.Query)
        {
            query.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        }

        _query = (address.Query.Length > 1 ? address.Query[1..] + "&" : "") + query;
        Authority = _server.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The server without path and query, as it may be shown.</summary>
    public string Authority { get; }

    /// <summary>The address of the transport that <paramref name="request"/> asks for.</summary>
    public Uri Of(TransportKind transport, DialRequest request)
    {
        var query = new StringBuilder(_query)
            .Append("EIO=4&transport=").Append(transport is TransportKind.Polling ? "polling" : "websocket");
        if (request.AsksForTs1)
        {
            query.Append("&codec=").Append(CodecNames.Ts1);
        }

        if (request.SessionId is not null)
        {
            query.Append("&sid=").Append(Uri.EscapeDataString(request.SessionId));
        }
        else if (!request.First.IsEmpty)
        {
            query.Append("&first=").Append(Base64Url.EncodeToString(request.First.Span));
        }

        // A browser's WebSocket can send no header; servers that look for the token in the query look there.
        if (OperatingSystem.IsBrowser() && transport is TransportKind.WebSocket && request.AccessToken is not null)
        {
            query.Append("&access_token=").Append(Uri.EscapeDataString(request.AccessToken));
        }

        return new UriBuilder(_server) { Query = query.ToString() }.Uri;
    }
}

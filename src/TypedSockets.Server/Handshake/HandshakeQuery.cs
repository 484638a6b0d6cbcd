using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TypedSockets.Server.Handshake;

/// <summary>
/// What the query of a request says (Engine.IO 4, "Handshake"). Of a parameter that stands there twice the first counts. Read from the text itself: the request's own collection
/// would live as long as the session.
/// </summary>
internal readonly record struct HandshakeQuery
{
    public const string Polling = "polling";
    public const string WebSocket = "websocket";

    private const string SupportedVersion = "4";

    public string? Transport { get; private init; }

    public string? Version { get; private init; }

    public string? Codec { get; private init; }

    public string? SessionId { get; private init; }

    /// <summary>The number of a GET, where the client counts them; null where it does not.</summary>
    public string? Get { get; private init; }

    /// <summary>The number of a POST, where the client counts them; null where it does not.</summary>
    public string? Post { get; private init; }

    /// <summary>The first message of the session, in base64url, so that it need not wait for the open packet.</summary>
    public string? First { get; private init; }

    /// <summary>Whether binary messages are to be sent as base64 on any transport.</summary>
    public bool ForcesBase64 { get; private init; }

    public static HandshakeQuery Parse(QueryString text)
    {
        var query = default(HandshakeQuery);
        foreach (var pair in new QueryStringEnumerable(text.Value))
        {
            query = pair.DecodeName().Span switch
            {
                "transport" => query with { Transport = query.Transport ?? Value(pair) },
                "EIO" => query with { Version = query.Version ?? Value(pair) },
                "codec" => query with { Codec = query.Codec ?? Value(pair) },
                // An empty one is none: clients send it when they have not got one yet.
                "sid" when !pair.EncodedValue.IsEmpty => query with { SessionId = query.SessionId ?? Value(pair) },
                "get" => query with { Get = query.Get ?? Value(pair) },
                "post" => query with { Post = query.Post ?? Value(pair) },
                "first" => query with { First = query.First ?? Value(pair) },
                "b64" => query with { ForcesBase64 = true },
                _ => query,
            };
        }

        return query;
    }

    /// <summary>Returns what is wrong with the transport; null when nothing is.</summary>
    public HandshakeFailure? CheckTransport(IReadOnlyList<TransportKind> served)
    {
        TransportKind? kind = Transport switch
        {
            WebSocket => TransportKind.WebSocket,
            Polling => TransportKind.Polling,
            _ => null,
        };
        return kind is { } known && served.Contains(known)
            ? null
            : new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.TransportUnknown, $"Transport unknown: query parameter 'transport' is '{Show(Transport)}'; this server serves {string.Join(" and ", served.Select(NameOf))}.");
    }

    /// <summary>What a transport is called on the wire.</summary>
    public static string NameOf(TransportKind kind) => kind is TransportKind.Polling ? Polling : WebSocket;

    /// <summary>Returns what is wrong with a request for a new session; null when nothing is.</summary>
    public HandshakeFailure? CheckNew(string method)
    {
        if (!HttpMethods.IsGet(method))
        {
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadMethod, $"Bad handshake method: a session is opened with GET, not '{Show(method)}'.");
        }

        return CheckVersion();
    }

    public HandshakeFailure? CheckVersion() => Version == SupportedVersion
        ? null
        : new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.UnsupportedProtocol, $"Unsupported protocol version: query parameter 'EIO' is '{Show(Version)}'; this server speaks version {SupportedVersion}.");

    /// <summary>Reads the number of a GET or a POST; null when none is given.</summary>
    /// <returns>False when it is not a number.</returns>
    public static bool TryGetNumber(string? text, out long? number)
    {
        number = null;
        if (text is null)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = isNumber ? value : null;
        return isNumber;
    }

    /// <summary>The first message of the session; empty when there is none.</summary>
    /// <returns>False when it is not base64url.</returns>
    public bool TryGetFirst(out byte[] message)
    {
        message = [];
        if (string.IsNullOrEmpty(First))
        {
            return true;
        }

        if (!Base64Url.IsValid(First))
        {
            return false;
        }

        message = Base64Url.DecodeFromChars(First);
        return true;
    }

    private static string Value(QueryStringEnumerable.EncodedNameValuePair pair) => pair.DecodeValue().ToString();

    // What a stranger sent is shown in part: it may be long.
    private static string Show(string? value) => value is null ? "" : value.Length <= 40 ? value : value[..40] + "…";
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TypedSockets.Server.Handshake;

/// <summary>
/// What the query of a handshake says (Engine.IO 4, "Handshake"). Of a parameter that stands there twice the first counts. Read from the text itself: the request's own collection
/// would live as long as the session.
/// </summary>
internal readonly record struct HandshakeQuery(string? Transport, string? Version, string? Codec, bool HasSessionId)
{
    public static HandshakeQuery Parse(QueryString query)
    {
        string? transport = null, version = null, codec = null;
        var hasSessionId = false;
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            switch (pair.DecodeName().Span)
            {
                case "transport":
                    transport ??= pair.DecodeValue().ToString();
                    break;
                case "EIO":
                    version ??= pair.DecodeValue().ToString();
                    break;
                case "codec":
                    codec ??= pair.DecodeValue().ToString();
                    break;
                case "sid":
                    hasSessionId = true;
                    break;
            }
        }

        return new HandshakeQuery(transport, version, codec, hasSessionId);
    }
}

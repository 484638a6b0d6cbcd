using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TypedSockets.Server.Handshake;

/// <summary>Why a request is refused.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The Engine.IO error code that its clients expect.</param>
/// <param name="Message">A sentence that names what is wrong.</param>
internal sealed record HandshakeFailure(int Status, int Code, string Message)
{
    public const int TransportUnknown = 0;
    public const int SessionUnknown = 1;
    public const int BadMethod = 2;
    public const int BadRequest = 3;
    public const int Forbidden = 4;
    public const int UnsupportedProtocol = 5;

    /// <summary>What is measured where the code does not tell it.</summary>
    public const string LimitReached = "limit_reached";

    /// <inheritdoc cref="LimitReached"/>
    public const string ShuttingDown = "shutting_down";

    /// <inheritdoc cref="LimitReached"/>
    public const string AuthenticationExpired = "authentication_expired";

    private static readonly string[] s_errorTypes = ["transport_unknown", "session_unknown", "bad_method", "bad_request", "forbidden", "unsupported_protocol"];

    /// <summary>The kind of failure, for those who count them.</summary>
    public string ErrorType { get; init; } = s_errorTypes[Code];

    // The id is not shown: it is a secret, and this answer may be logged.
    public static HandshakeFailure UnknownSession { get; } =
        new(StatusCodes.Status400BadRequest, SessionUnknown, "Session ID unknown: query parameter 'sid' names no session of this server. It has ended, or it is another server's (sticky sessions).");

    /// <summary>The session goes on over another transport than the request's.</summary>
    public static HandshakeFailure OtherTransport { get; } =
        new(StatusCodes.Status400BadRequest, BadRequest, "Bad request: query parameter 'transport' is not what carries this session.");

    /// <summary>Authentication may accept a token that has just expired, for the sake of clocks that differ; a session with it would end as soon as it is open, and be opened again.</summary>
    public static HandshakeFailure Expired { get; } =
        new(StatusCodes.Status401Unauthorized, Forbidden, "Unauthorized: what the request authenticates with has expired.") { ErrorType = AuthenticationExpired };

    /// <summary>How long the client should wait before it tries again; null to leave it to the client.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Writes the answer.</summary>
    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.Connection = "close";
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            // RFC 9110 §15.5.2 asks for a challenge, and RFC 6750 §3.1 calls a token that has expired so.
            response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        }

        if (RetryAfter is { } wait)
        {
            // RFC 9110 §10.2.3: in whole seconds.
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        // The answer is JSON and nothing else, so what a page would take for markup need not be hidden.
        await using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("code"u8, Code);
        json.WriteString("message"u8, Message);
        json.WriteEndObject();
        await json.FlushAsync();
    }
}

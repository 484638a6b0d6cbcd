using System.Net;
using System.Security.Claims;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Testing;

/// <summary>Who a test's client is, and how it connects.</summary>
public sealed record TestClientOptions
{
    /// <summary>
    /// Who has signed in, as <c>Connection.User</c> tells the hub; what an authentication handler would have found in the request. Default somebody without identity.
    /// </summary>
    public ClaimsPrincipal User { get; init; } = new(new ClaimsIdentity());

    /// <summary>Signs somebody in by a name identifier, which is what <c>Clients.User</c> and <c>Connection.UserId</c> go by; sets <see cref="User"/>. Null for somebody without identity.</summary>
    public string? UserId
    {
        get => User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        init => User = new ClaimsPrincipal(value is null ? new ClaimsIdentity() : new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, value)], "test"));
    }

    /// <summary>
    /// For how long the authentication of each session of the client holds, on the host's <see cref="TypedSocketsTestHost.Time"/>: it ends with <see cref="AuthenticationExpired"/> then, since there
    /// is no token that the client could renew. <see cref="TypedSocketServerOptions.AuthenticationExpiration"/>, which reads requests, is not asked. Default null: for as long as the session lives.
    /// </summary>
    public TimeSpan? AuthenticationLifetime { get; init; }

    /// <summary>The address that the client comes from, as <c>Connection.RemoteAddress</c> tells the hub. Default 127.0.0.1; null for none.</summary>
    public IPAddress? RemoteAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Whether the session speaks Socket.IO, in text, as with a client that does not know ts1. Default false.</summary>
    public bool SpeaksSocketIO { get; init; }

    /// <summary>
    /// The options of the client. Its <see cref="TypedSocketOptions.TimeProvider"/> is the host's <see cref="TypedSocketsTestHost.Time"/>, whatever is set. Default the client's own, but
    /// for <see cref="ReconnectionOptions.RandomizationFactor"/>, which is 0, so that a test knows when it comes back.
    /// </summary>
    public TypedSocketOptions Socket { get; init; } = new() { Reconnection = new ReconnectionOptions { RandomizationFactor = 0 } };
}

using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using TypedSockets.Formats;
using TypedSockets.Server.WebSockets;

namespace TypedSockets.Server;

/// <summary>The limits and times of a server. Read once, when the first session opens; checked then, naming the option, its value and its range.</summary>
public sealed class TypedSocketServerOptions
{
    /// <summary>How long the server waits between a client's answer and its next ping. Default 25 seconds; positive.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long a client's answer to a ping may take; a dead client is noticed after <see cref="HeartbeatInterval"/> and this at the latest. Default 20 seconds; positive.
    /// Together they should stay below the idle timeout of any proxy in between, often 60 seconds.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may take from the handshake to its first namespace, before <see cref="ForcedServerClose"/>. Default 10 seconds; positive.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The transports that are served. Default both; at least one.</summary>
    public IReadOnlyList<TransportKind> Transports { get; set; } = [TransportKind.Polling, TransportKind.WebSocket];

    /// <summary>Whether a session may move from HTTP long-polling to a WebSocket. Default true.</summary>
    public bool AllowUpgrade { get; set; } = true;

    /// <summary>How long a move to a better transport may take, from the new transport's handshake on, before it is given up and the session stays where it is. Default 10 seconds; positive.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to answer a goodbye before the transport is cut. Default 5 seconds; positive.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a client may take to answer an event that the server asked it, where neither the event (<see cref="EventAttribute.TimeoutSeconds"/>) nor the call
    /// (<see cref="TimeoutExtensions"/>) says so. Default 30 seconds; positive, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of the server's requests one client may leave unanswered at a time. Default 1,024; at least 1.</summary>
    public int MaxPendingRequests { get; set; } = 1024;

    /// <summary>The largest message that is accepted, in bytes; a larger one ends the session with <see cref="PayloadTooLarge"/>. Default 1,000,000; at least 1,024.</summary>
    public long MaxPayloadBytes { get; set; } = 1_000_000;

    /// <summary>
    /// The largest packet that is sent to a client, in bytes; a larger event fails with <see cref="PayloadTooLargeException"/> before anything is sent. Clients cannot tell the server
    /// what they accept, so this is to be what theirs are set to. Default 1,000,000, as a client's own; at least 1,024.
    /// </summary>
    public long MaxClientPayloadBytes { get; set; } = 1_000_000;

    /// <summary>How deep and long payloads may be. Default <see cref="PayloadLimits.Default"/>.</summary>
    public PayloadLimits PayloadLimits { get; set; } = PayloadLimits.Default;

    /// <summary>
    /// How many bytes may wait for a client that reads too slowly, beside what the connection itself buffers, before it is disconnected with <see cref="SlowConsumer"/>.
    /// What a newer event replaces (<see cref="Delivery.Latest"/>) waits within the same limit, and never exceeds it: the oldest is dropped. Default 1 MiB; at least 1,024.
    /// </summary>
    public long MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>How many packets may wait for a client that reads too slowly before it is disconnected with <see cref="SlowConsumer"/>. Default 65,536; at least 1.</summary>
    public int MaxQueuedPackets { get; set; } = 65_536;

    /// <summary>How many rooms one connection may be in; joining one more throws <see cref="RoomLimitException"/>. Default 1,000; at least 1.</summary>
    public int MaxRoomsPerConnection { get; set; } = 1_000;

    /// <summary>How long the name of a room may be, in characters; joining one that is longer throws <see cref="RoomLimitException"/>. Default 256; at least 1.</summary>
    public int MaxRoomNameLength { get; set; } = 256;

    /// <summary>How many bytes of events may wait for the handler that runs, before the connection is read no further until it has finished. Default 256 KiB; at least 1,024.</summary>
    public long MaxQueuedEventBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// How many streams the events that one client has sent to a namespace may have at a time, those that they take and those that they are answered with; one more event fails at the client
    /// with <see cref="RemoteFault.TooManyStreams"/>. Default 32; not negative.
    /// </summary>
    public int MaxStreams { get; set; } = 32;

    /// <summary>How many items a stream that the server reads may be ahead of its reader. Default 32; at least 1.</summary>
    public int StreamWindowItems { get; set; } = 32;

    /// <summary>
    /// How many bytes a stream that the server reads may be ahead of its reader, beside the item that exceeds them; with <see cref="MaxStreams"/> it bounds what the streams of one client hold.
    /// Default 64 KiB; at least 1,024.
    /// </summary>
    public int StreamWindowBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// How many handlers of <see cref="Concurrency.Concurrent"/> and <see cref="Concurrency.Keyed"/> events may run beside each other for one client and contract; those behind wait, in
    /// order. Handlers that wait for an answer of their client do not count. Default 16; at least 1.
    /// </summary>
    public int MaxConcurrentHandlers { get; set; } = 16;

    /// <summary>
    /// How many sessions may be open; one more is refused with 503 before it is upgraded. Default null: three quarters of what the process's limit of open files leaves room for,
    /// since running out of them ends a .NET process. At least 1.
    /// </summary>
    public int? MaxConnections { get; set; }

    /// <summary>
    /// How long handlers that run when the server begins to shut down, and the events that wait behind them, may take to finish and answer. Sessions without any are closed at once; what
    /// is left then is closed too, and its handlers' tokens are cancelled. Default 5 seconds; not negative, zero waits for nobody. Together with <see cref="CloseTimeout"/> it should
    /// stay below the host's own limit, <c>HostOptions.ShutdownTimeout</c>, 30 seconds by default.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long clients are asked to wait, at least, before they come back when the server shuts down; <see cref="ShutdownRetryWindow"/> spreads them. Default null: each waits as its
    /// own back-off says.
    /// </summary>
    public TimeSpan? ShutdownRetryAfter { get; set; }

    /// <summary>
    /// Over how long clients are spread, so that those of a server that shuts down do not all come back at once: each is asked to wait for <see cref="ShutdownRetryAfter"/> and a random
    /// part of this. Default null: half of <see cref="ShutdownRetryAfter"/>. Not negative; zero for none. Without <see cref="ShutdownRetryAfter"/> it is not used.
    /// </summary>
    public TimeSpan? ShutdownRetryWindow { get; set; }

    /// <summary>
    /// The origins of pages, such as <c>https://chat.example</c>, that may connect beside those that this server serves itself; <c>*</c> allows every page. Clients that are no browsers
    /// send no origin and are not asked for one. Default none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether pages of <see cref="AllowedOrigins"/> may send cookies along. Default false; not with the origin <c>*</c>.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>
    /// Looks at every request for a new session before it is accepted: returns null to accept it, or a sentence that the client is refused with (403). Requests of sessions that are open
    /// are not asked about. An exception answers 500. Default null: everybody is accepted.
    /// </summary>
    public Func<HttpContext, ValueTask<string?>>? AllowRequest { get; set; }

    /// <summary>
    /// When the authentication of a new session expires; null for never. The session ends with <see cref="AuthenticationExpired"/> then, unless the client has sent a new token; a handshake is refused
    /// with 401 when that time has passed already. Default: what the authentication scheme says (<c>AuthenticationProperties.ExpiresUtc</c>), as bearer tokens and cookies do. <c>_ => null</c> lets
    /// sessions outlive what they were opened with.
    /// </summary>
    public Func<HttpContext, DateTimeOffset?> AuthenticationExpiration { get; set; } =
        static context => context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;

    /// <summary>
    /// How long before that a client is asked for a new token, which only clients that speak ts1 can send. Default 1 minute; positive. An authentication that holds for less than twice as
    /// long is renewed when half of its time has passed.
    /// </summary>
    public TimeSpan AuthenticationRefreshAhead { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Makes the limiter of the events of one connection, which is one client in one namespace; disposed with it. It may return null for none. Default null: no limits, which costs nothing.
    /// </summary>
    public Func<HubConnection, RateLimiter?>? RateLimitPerConnection { get; set; }

    /// <summary>
    /// Makes the limiter that all connections of a user share (<see cref="HubConnection.UserId"/>), on this server. It is kept when the last one is gone, and disposed when
    /// another connection comes or goes after all of its permits are there again (<see cref="RateLimiter.IdleDuration"/>): nobody gets a fresh limit by coming back. One that never
    /// says that it is idle is kept until the server stops. Those who have not signed in share none. Default null: no limits.
    /// </summary>
    public Func<string, RateLimiter?>? RateLimitPerUser { get; set; }

    /// <summary>What becomes of a client that sends more than <see cref="RateLimitPerConnection"/> or <see cref="RateLimitPerUser"/> allows. Default <see cref="RateLimitAction.Refuse"/>.</summary>
    public RateLimitAction RateLimitAction { get; set; }

    /// <summary>
    /// The cookie that a session on HTTP long-polling gets with its handshake, for load balancers that send each client to the server it began on. Its value is the session's id. A name
    /// that is not set is <c>io</c>. Default null: none.
    /// </summary>
    public CookieBuilder? Cookie { get; set; }

    /// <summary>From how many bytes on an answer of HTTP long-polling is compressed, where the client can read that; null for never. Default 1,024; not negative.</summary>
    public int? HttpCompressionThreshold { get; set; } = 1024;

    /// <summary>
    /// The WebSocket subprotocols that are served, the preferred one first. A client that asks for subprotocols, and for none of these, is refused. Default none.
    /// </summary>
    public IList<string> SubProtocols { get; } = [];

    /// <summary>
    /// How messages are compressed for clients that offer it, browsers among them. Default null: they are not. Read what it costs and tells at <see cref="WebSocketCompressionOptions"/>.
    /// </summary>
    public WebSocketCompressionOptions? WebSocketCompression { get; set; }

    /// <summary>How much a client's build of a contract may differ from the server's. What it refuses ends with <see cref="ContractMismatch"/>. Default <see cref="ContractPolicy.Compatible"/>.</summary>
    public ContractPolicy ContractPolicy { get; set; }

    /// <summary>
    /// Lets clients of Socket.IO that come back after a drop carry on where they were, and says what is kept for them. Default null: they begin anew, and nothing is kept. With it, one-way
    /// events to such clients of a namespace are sent one after the other, each with its number.
    /// </summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>Whether a client is told the type and message of an exception that a handler threw. Default false: they may tell an attacker what a person should not know.</summary>
    public bool EnableDetailedErrors { get; set; }

    internal const string DefaultCookieName = "io";

    /// <summary>The best path that WebSockets take, where there is one.</summary>
    internal WebSocketPath WebSocketPath { get; set; } = WebSocketPath.Hijacked;
}

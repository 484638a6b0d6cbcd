using System.Diagnostics.Metrics;
using System.Net;
using TypedSockets.Formats;
using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Client;

/// <summary>How a client connects, and its limits. Checked where they are set.</summary>
public sealed record TypedSocketOptions
{
    private const int MinBytes = 1024;

    /// <summary>Where the server listens. Default <c>/socket.io</c>; starts with <c>/</c>.</summary>
    public string Path
    {
        get;
        init => field = value?.StartsWith('/') is true ? value : throw new ArgumentException($"Path is '{value}'; it must start with '/'.", nameof(value));
    } = "/socket.io";

    /// <summary>
    /// The transports that are tried, in this order. Default WebSocket first, then HTTP long-polling, which gets through where WebSockets do not; polling first, as Socket.IO's own
    /// clients do it, connects everywhere at once and moves to a WebSocket then. At least one, none twice.
    /// </summary>
    public IReadOnlyList<TransportKind> Transports
    {
        get;
        init => field = value is { Count: > 0 } && value.Distinct().Count() == value.Count ? value : throw new ArgumentException("Transports must name at least one transport, and none twice.", nameof(value));
    } = [TransportKind.WebSocket, TransportKind.Polling];

    /// <summary>Whether the next transport is tried when one cannot be opened, which <see cref="FallingBack"/> tells. Default true.</summary>
    public bool TryAllTransports { get; init; } = true;

    /// <summary>Whether a session on HTTP long-polling moves to a WebSocket, if <see cref="Transports"/> names it and the server offers it. Default true.</summary>
    public bool Upgrade { get; init; } = true;

    /// <summary>How long the move to a better transport may take before the session stays where it is. Default 10 seconds; positive.</summary>
    public TimeSpan UpgradeTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>How long one try may take, from dialing to the last namespace. Default 20 seconds; positive.</summary>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(20);

    /// <summary>How long the server may take to answer a goodbye before the transport is cut. Default 5 seconds; positive.</summary>
    public TimeSpan CloseTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take, where neither the event (<see cref="EventAttribute.TimeoutSeconds"/>) nor the call (<see cref="TimeoutExtensions"/>) says so. Default 30 seconds; positive, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan RequestTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may wait for their answers. Default 65,536; at least 1.</summary>
    public int MaxPendingRequests
    {
        get;
        init => field = (int)AtLeast(value, 1);
    } = 65_536;

    /// <summary>The largest message that is accepted, in bytes; a larger one ends the session with <see cref="PayloadTooLarge"/>. Default 1,000,000; at least 1,024.</summary>
    public long MaxPayloadBytes
    {
        get;
        init => field = AtLeast(value, MinBytes);
    } = 1_000_000;

    /// <summary>How many bytes may wait for a server that reads too slowly before the connection ends with <see cref="SlowConsumer"/>. What a newer event replaces (<see cref="Delivery.Latest"/>) waits within the same limit, and never exceeds it: the oldest is dropped. Default 1 MiB; at least 1,024.</summary>
    public long MaxQueuedBytes
    {
        get;
        init => field = AtLeast(value, MinBytes);
    } = 1024 * 1024;

    /// <summary>How many packets may wait for a server that reads too slowly before the connection ends with <see cref="SlowConsumer"/>. Default 65,536; at least 1.</summary>
    public int MaxQueuedPackets
    {
        get;
        init => field = (int)AtLeast(value, 1);
    } = 65_536;

    /// <summary>How many bytes of events may wait for the handler that runs, before the connection is read no further until it has finished. Default 256 KiB; at least 1,024.</summary>
    public long MaxQueuedEventBytes
    {
        get;
        init => field = AtLeast(value, MinBytes);
    } = 256 * 1024;

    /// <summary>
    /// How many streams the events that the server has sent may have at a time, those that they take and those that they are answered with; one more event fails at the server with
    /// <see cref="RemoteFault.TooManyStreams"/>. Default 32; not negative.
    /// </summary>
    public int MaxStreams
    {
        get;
        init => field = (int)AtLeast(value, 0);
    } = 32;

    /// <summary>How many items a stream that the client reads may be ahead of its reader. Default 32; at least 1.</summary>
    public int StreamWindowItems
    {
        get;
        init => field = (int)AtLeast(value, 1);
    } = 32;

    /// <summary>How many bytes a stream that the client reads may be ahead of its reader, beside the item that exceeds them. Default 64 KiB; at least 1,024.</summary>
    public int StreamWindowBytes
    {
        get;
        init => field = (int)AtLeast(value, MinBytes);
    } = 64 * 1024;

    /// <summary>
    /// How many handlers of <see cref="Concurrency.Concurrent"/> and <see cref="Concurrency.Keyed"/> events of one contract may run beside each other; those behind wait, in order. Handlers
    /// that wait for an answer of the server do not count. Default 16; at least 1.
    /// </summary>
    public int MaxConcurrentHandlers
    {
        get;
        init => field = (int)AtLeast(value, 1);
    } = 16;

    /// <summary>How deep and long payloads may be. Default <see cref="PayloadLimits.Default"/>.</summary>
    public PayloadLimits PayloadLimits { get; init; } = PayloadLimits.Default;

    /// <summary>How much the server's build of a contract may differ from the client's. What it refuses ends with <see cref="ContractMismatch"/>. Default <see cref="ContractPolicy.Compatible"/>.</summary>
    public ContractPolicy ContractPolicy
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"ContractPolicy is one of {string.Join(", ", Enum.GetNames<ContractPolicy>())}.");
    }

    /// <summary>How the client comes back by itself.</summary>
    public ReconnectionOptions Reconnection { get; init; } = new();

    /// <summary>Headers that are added to every request. A browser's WebSocket cannot send them: there a connection with headers fails with <see cref="PlatformNotSupportedException"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The WebSocket subprotocols that are offered, the preferred one first; the server chooses one, or none. Default none; tokens (RFC 9110 §5.6.2), each once.
    /// </summary>
    public IReadOnlyList<string> SubProtocols
    {
        get;
        init => field = value.Distinct().Count() == value.Count && value.All(name => HttpToken.IsValid(name))
            ? value
            : throw new ArgumentException($"SubProtocols is '{string.Join(", ", value)}'; it must be tokens, each once.", nameof(value));
    } = [];

    /// <summary>
    /// Offers to compress messages. Default null: they are not. Read what it costs and tells at <see cref="WebSocketCompressionOptions"/>. Not used in a browser, which offers it by itself.
    /// </summary>
    public WebSocketCompressionOptions? WebSocketCompression { get; init; }

    /// <summary>What is added to the query of every request. Names and values are escaped. Default nothing.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Returns the bearer token that requests carry, or null for none; asked before each try to connect, and again by a TypedSockets server before the token expires, so that the session goes on.
    /// Sent as header <c>Authorization</c>, and by a browser's WebSocket, which can send no
    /// header, as query parameter <c>access_token</c>. What it throws ends the try as <see cref="TransportError"/>. Default null: no token.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; init; }

    /// <summary>The cookies that are sent and kept. Default null: those of this socket alone. Not used in a browser, which has its own, nor with <see cref="HttpInvoker"/>.</summary>
    public CookieContainer? Cookies { get; init; }

    /// <summary>The proxy. Default null: the system's. Not used in a browser, which has its own, nor with <see cref="HttpInvoker"/>.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The HTTP version of every request. A WebSocket is opened over 1.1 by an upgrade (RFC 6455), over 2.0 by an extended CONNECT (RFC 8441), which shares one connection. Default 1.1. Not used in a browser.</summary>
    public Version HttpVersion
    {
        get;
        init => field = value == System.Net.HttpVersion.Version11 || value == System.Net.HttpVersion.Version20 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "HttpVersion is 1.1 or 2.0.");
    } = System.Net.HttpVersion.Version11;

    /// <summary>
    /// What sends every request, for certificates and handlers of one's own: an <see cref="HttpMessageInvoker"/> over a <see cref="SocketsHttpHandler"/>, disposed by whoever made it. It
    /// must have no time limit that is shorter than the server holds a request of HTTP long-polling. Default null: the client's own.
    /// </summary>
    public HttpMessageInvoker? HttpInvoker { get; init; }

    /// <summary>
    /// How many bytes of events a Socket.IO server may send before it says that their namespace is connected, as it sends what a client missed that it lets carry on; more end the session
    /// with <see cref="ForcedClose"/>, and the next one begins anew. Default 4 MiB; at least 1,024.
    /// </summary>
    public long MaxEarlyEventBytes
    {
        get;
        init => field = AtLeast(value, MinBytes);
    } = 4 * 1024 * 1024;

    /// <summary>
    /// Where handlers run, such as the context of a user interface. Default null: on the receive loop, which costs least; a handler must not block there. Heartbeats never wait for it.
    /// </summary>
    public SynchronizationContext? CallbackContext { get; init; }

    /// <summary>What runs around the events that this client sends and handles, the first one outermost. Default none, which costs nothing.</summary>
    public IReadOnlyList<IClientFilter> Filters
    {
        get;
        init => field = value is not null && value.All(static filter => filter is not null) ? value : throw new ArgumentException("Filters must not be null, nor contain null.", nameof(value));
    } = [];

    /// <summary>Whether the server is told the type and message of an exception that a handler threw. Default false.</summary>
    public bool EnableDetailedErrors { get; init; }

    /// <summary>
    /// What makes the meter <c>TypedSockets</c> that this client measures with, such as that of a host's services, which keeps it apart from other hosts of the process. Default null: the
    /// process has one meter for all such clients.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>The clock of heartbeats, timeouts and delays. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static TimeSpan Positive(TimeSpan value) =>
        value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time must be positive and at most 24 days.");

    private static long AtLeast(long value, long min) => value >= min ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The value must be at least {min}.");
}

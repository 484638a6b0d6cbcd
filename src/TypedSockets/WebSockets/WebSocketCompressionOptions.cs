using System.IO.Compression;

namespace TypedSockets;

/// <summary>
/// How an end compresses messages on a WebSocket (permessage-deflate, RFC 7692), if the other end agrees. Off unless it is set on both ends. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// What it costs: an end that compresses with context takeover keeps about 300 KiB of memory for each connection, from the first message that it compresses; one that receives with it
/// keeps 32 KiB. Without context takeover nothing is kept, but each message is compressed by itself, from a compressor of its own. A broadcast is compressed once for each connection.
/// </para>
/// <para>
/// What it tells: the length of a compressed message depends on what it repeats. Who can make an end send text of his choice beside a secret, and see lengths on the network, can guess
/// the secret (CRIME, BREACH), even through TLS. Leave compression off where secrets and other people's text travel on one connection.
/// </para>
/// </remarks>
public sealed record WebSocketCompressionOptions
{
    /// <summary>Messages of fewer bytes are sent as they are: compressing them costs more than it saves. Default 1,024; not negative.</summary>
    public long ThresholdBytes
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "ThresholdBytes must not be negative.");
    } = 1024;

    /// <summary>
    /// Whether the server's messages may refer to those before them, which makes similar messages much smaller. Each end can forbid it. Default true.
    /// </summary>
    public bool ServerContextTakeover { get; init; } = true;

    /// <summary>Whether the client's messages may refer to those before them. Each end can forbid it. Default true.</summary>
    public bool ClientContextTakeover { get; init; } = true;

    /// <summary>How hard this end tries. Default <see cref="CompressionLevel.Fastest"/>; not <see cref="CompressionLevel.NoCompression"/>.</summary>
    public CompressionLevel Level
    {
        get;
        init => field = value is CompressionLevel.Optimal or CompressionLevel.Fastest or CompressionLevel.SmallestSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Level must be Optimal, Fastest or SmallestSize; without compression the option is null.");
    } = CompressionLevel.Fastest;
}

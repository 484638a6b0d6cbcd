namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>What the streams of a channel are allowed.</summary>
/// <param name="WindowItems">How many items a stream that this end reads may be ahead of its reader.</param>
/// <param name="WindowBytes">How many bytes it may be ahead, beside the item that exceeds them.</param>
/// <param name="MaxStreams">How many streams the events that the peer has sent may have at a time.</param>
internal sealed record StreamOptions(int WindowItems, int WindowBytes, int MaxStreams)
{
    public static StreamOptions Default { get; } = new(32, 64 * 1024, 32);
}

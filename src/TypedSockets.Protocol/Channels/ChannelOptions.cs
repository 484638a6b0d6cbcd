using TypedSockets.Formats;
using TypedSockets.Protocol.Channels.Streams;

namespace TypedSockets.Protocol.Channels;

/// <summary>What a channel is allowed; a snapshot of the user's options.</summary>
/// <param name="PayloadLimits">How deep and long payloads may be.</param>
/// <param name="RequestTimeout">How long an answer may take; infinite for no limit.</param>
/// <param name="MaxPendingRequests">How many requests may wait for their answers.</param>
/// <param name="MaxQueuedEventBytes">How many bytes of events may wait for the handler that runs, before reading stops.</param>
/// <param name="MaxConcurrentHandlers">How many handlers that nobody waits for may run.</param>
/// <param name="DetailedErrors">Whether a fault tells the peer the exception's type and message.</param>
internal sealed record ChannelOptions(PayloadLimits PayloadLimits, TimeSpan RequestTimeout, int MaxPendingRequests, long MaxQueuedEventBytes, int MaxConcurrentHandlers, bool DetailedErrors)
{
    /// <summary>What streams are allowed.</summary>
    public StreamOptions Streams { get; init; } = StreamOptions.Default;
}

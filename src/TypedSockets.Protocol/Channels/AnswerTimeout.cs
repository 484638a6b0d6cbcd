namespace TypedSockets.Protocol.Channels;

/// <summary>How long an answer may take, and who said so.</summary>
/// <param name="Duration">The time; infinite for no limit.</param>
/// <param name="Source">Who said so.</param>
internal readonly record struct AnswerTimeout(TimeSpan Duration, TimeoutSource Source)
{
    /// <summary>What is told to the peer, in milliseconds, at least 1; null for nothing. What the options say is the caller's own affair.</summary>
    public uint? Deadline => Source is TimeoutSource.Options || Duration == Timeout.InfiniteTimeSpan ? null : (uint)Math.Clamp(Math.Ceiling(Duration.TotalMilliseconds), 1, uint.MaxValue);

    /// <summary>The exception of a request that was not answered in time.</summary>
    public TimeoutException ToException(string @event)
    {
        var source = Source switch
        {
            TimeoutSource.Call => nameof(TimeoutExtensions.WithTimeout),
            TimeoutSource.Event => $"{nameof(EventAttribute.TimeoutSeconds)} of the event",
            _ => nameof(ChannelOptions.RequestTimeout),
        };
        return new TimeoutException($"Event '{@event}' was not answered within {Duration.TotalSeconds:0.###} s ({source}).");
    }
}

/// <summary>Who said how long an answer may take.</summary>
internal enum TimeoutSource : byte
{
    Options,
    Event,
    Call,
}

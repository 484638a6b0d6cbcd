using TypedSockets.Events;

namespace TypedSockets;

/// <summary>An event that came and that no contract has. Safe for concurrent use; it may be kept, and answered later.</summary>
public sealed class DynamicEvent
{
    private readonly uint? _ackId;
    private readonly IDynamicReplies _replies;
    private int _isAnswered;

    /// <summary>Creates an event; the runtime does, and tests of handlers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What came with it.</param>
    /// <param name="ackId">What the peer correlates the answer with; null when it expects none.</param>
    /// <param name="replies">Takes the answer.</param>
    public DynamicEvent(string name, DynamicArguments arguments, uint? ackId, IDynamicReplies replies)
    {
        Name = name;
        Arguments = arguments;
        _ackId = ackId;
        _replies = replies;
    }

    /// <summary>The event's name, as the peer wrote it.</summary>
    public string Name { get; }

    /// <summary>What came with it.</summary>
    public DynamicArguments Arguments { get; }

    /// <summary>Whether the peer waits for an acknowledgement. One that never gets it waits for as long as its own timeout says.</summary>
    public bool ExpectsAck => _ackId is not null;

    /// <summary>Acknowledges the event. Only the first answer is sent; an event that expects none, or whose connection has ended, is let be.</summary>
    /// <param name="arguments">What goes with it.</param>
    /// <exception cref="PayloadTooLargeException">The answer exceeds what the peer accepts. The event counts as not answered.</exception>
    public void Acknowledge(params ReadOnlySpan<DynamicValue> arguments)
    {
        if (TryAnswer() is not { } ackId)
        {
            return;
        }

        try
        {
            _replies.Acknowledge(Name, ackId, arguments);
        }
        catch
        {
            Volatile.Write(ref _isAnswered, 0);
            throw;
        }
    }

    /// <summary>Says that the event is not handled. A JavaScript peer gets <c>{"$fault":"NotSupported"}</c> as its acknowledgement, a TypedSockets peer <see cref="RemoteException"/>.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="detail">More about it, which the peer is told; null for nothing.</param>
    /// <param name="retryAfter">How long the peer should wait before it tries again; null to say nothing about it.</param>
    public void Refuse(RemoteFault fault = RemoteFault.NotSupported, string? detail = null, TimeSpan? retryAfter = null)
    {
        if (TryAnswer() is { } ackId)
        {
            _replies.Refuse(ackId, fault, detail, retryAfter);
        }
    }

    private uint? TryAnswer() => _ackId is { } ackId && Interlocked.Exchange(ref _isAnswered, 1) == 0 ? ackId : null;
}

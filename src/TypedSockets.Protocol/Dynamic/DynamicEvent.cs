using TypedSockets.Protocol.Channels;

namespace TypedSockets;

/// <summary>An event that came and that no contract has. Safe for concurrent use; it may be kept, and answered later.</summary>
public sealed class DynamicEvent
{
    private readonly EventChannel _channel;
    private readonly uint? _ackId;
    private int _isAnswered;

    internal DynamicEvent(EventChannel channel, string name, uint? ackId, DynamicArguments arguments)
    {
        _channel = channel;
        _ackId = ackId;
        Name = name;
        Arguments = arguments;
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
            _channel.AcknowledgeDynamic(Name, ackId, arguments);
        }
        catch
        {
            Volatile.Write(ref _isAnswered, 0);
            throw;
        }
    }

    /// <summary>Says that nobody handles the event: a TypedSockets peer sees <see cref="RemoteFault.NotSupported"/>. Like <see cref="Acknowledge"/> otherwise.</summary>
    public void Refuse() => Fail(RemoteFault.NotSupported, null);

    internal void Fail(RemoteFault fault, string? detail)
    {
        if (TryAnswer() is { } ackId)
        {
            _channel.FailDynamic(ackId, fault, detail);
        }
    }

    private uint? TryAnswer() => _ackId is { } ackId && Interlocked.Exchange(ref _isAnswered, 1) == 0 ? ackId : null;
}

using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>What a channel needs of the connection that carries it. Safe for concurrent use.</summary>
internal interface IChannelHost
{
    /// <summary>Where requests wait for their timeout.</summary>
    TimingWheel Wheel { get; }

    /// <summary>The largest packet that the peer accepts.</summary>
    long MaxPacketBytes { get; }

    /// <summary>Sends an encoded packet.</summary>
    void Send(ReadOnlySpan<byte> packet);

    /// <summary>Ends the session.</summary>
    void Close(DisconnectReason reason);

    /// <summary>A handler threw.</summary>
    /// <param name="event">The event, as <c>Contract.Event</c>.</param>
    /// <param name="exception">What it threw.</param>
    void OnHandlerFault(string @event, Exception exception);
}

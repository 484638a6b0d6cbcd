using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>What a channel needs of the connection that carries it. Safe for concurrent use.</summary>
internal interface IChannelHost
{
    /// <summary>Where requests wait for their timeout.</summary>
    TimingWheel Wheel { get; }

    /// <summary>The largest packet that the peer accepts.</summary>
    long MaxPacketBytes { get; }

    /// <summary>How packets are written.</summary>
    EventCodec Codec { get; }

    /// <summary>Sends an encoded packet, and its attachments right behind it.</summary>
    void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments = default);

    /// <summary>Sends an encoded packet, and its attachments right behind it, unless the peer is behind.</summary>
    /// <returns>False when it is; nothing was sent then.</returns>
    bool TryOffer(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments);

    /// <summary>Sends an encoded packet, and its attachments right behind it, when the peer has caught up; until then a newer one with the same key replaces it.</summary>
    void Conflate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments, ReadOnlySpan<byte> key);

    /// <summary>An event was dropped, because the peer is behind.</summary>
    void Drop();

    /// <summary>Whether a stream may add so many bytes to what waits to be sent. Half of what may wait is left to whatever cannot be held back.</summary>
    bool HasRoom(int bytes);

    /// <summary>Completes when what waits now has been taken, or nothing can be sent any more.</summary>
    Task WhenSentAsync();

    /// <summary>Gathers what the calling thread sends until <see cref="Uncork"/>, where the transport can.</summary>
    void Cork();

    /// <summary>Sends what was gathered.</summary>
    void Uncork();

    /// <summary>Ends the session.</summary>
    void Close(DisconnectReason reason);

    /// <summary>An event was not handed to its handler, since its arguments are not what it takes.</summary>
    void OnRefused(EventChannel channel, EventRefused refused);

    /// <summary>A handler threw.</summary>
    /// <param name="event">The event, as <c>Contract.Event</c>.</param>
    /// <param name="exception">What it threw.</param>
    void OnHandlerFault(string @event, Exception exception);
}

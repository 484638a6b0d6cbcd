using TypedSockets.Events;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The streams that a caller sends with one event. Safe for concurrent use.</summary>
internal sealed class ArgumentStreams
{
    private readonly ArgumentStream[] _streams;
    private readonly PendingRequest _request;

    public ArgumentStreams(EventChannel channel, StreamSource[] sources, PendingRequest request)
    {
        _request = request;
        _streams = [.. sources.Select((source, index) => new ArgumentStream(channel, source, index + 1, request))];
    }

    /// <summary>The event has its number.</summary>
    public void Number(uint ackId)
    {
        foreach (var stream in _streams)
        {
            stream.AckId = ackId;
        }
    }

    /// <summary>The handler asks for more of a stream.</summary>
    /// <exception cref="PacketException">There is no such stream, or it asks for more than there can be.</exception>
    public void Grant(uint stream, uint items, uint bytes)
    {
        if (!Find(stream).TryGrant(items, bytes))
        {
            throw EventChannel.TooMuchCredit(_request.Event);
        }
    }

    /// <summary>The handler wants no more of a stream.</summary>
    /// <exception cref="PacketException">There is no such stream.</exception>
    public void Stop(uint stream) => Find(stream).Stop();

    /// <summary>The event is over: ends what has not ended.</summary>
    public void End()
    {
        foreach (var stream in _streams)
        {
            stream.Stop();
        }
    }

    private ArgumentStream Find(uint stream) => stream <= (uint)_streams.Length
        ? _streams[stream - 1]
        : throw new PacketException(new ForcedClose($"'{_request.Event}' sends {_streams.Length} streams, and a packet came for number {stream}."));
}

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

    /// <summary>The handler asks for more of a stream. Returns false when there is no such stream.</summary>
    /// <exception cref="PacketException">It asks for more than there can be.</exception>
    public bool TryGrant(uint stream, uint items, uint bytes)
    {
        if (stream > (uint)_streams.Length)
        {
            return false;
        }

        if (!_streams[stream - 1].TryGrant(items, bytes))
        {
            throw EventChannel.TooMuchCredit(_request.Event);
        }

        return true;
    }

    /// <summary>The handler wants no more of a stream.</summary>
    public void Stop(uint stream)
    {
        if (stream <= (uint)_streams.Length)
        {
            _streams[stream - 1].Stop();
        }
    }

    /// <summary>The event is over: ends what has not ended, and frees the number, about which nothing more is sent.</summary>
    public void End()
    {
        foreach (var stream in _streams)
        {
            stream.Stop();
        }

        _request.ReleaseNumber();
    }
}

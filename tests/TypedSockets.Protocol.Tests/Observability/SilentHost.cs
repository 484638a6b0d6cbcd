using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Testing;

namespace TypedSockets.Protocol.Tests.Observability;

/// <summary>A connection that allocates nothing by itself: it keeps the last packet.</summary>
internal sealed class SilentHost : IChannelHost, IDisposable
{
    private readonly byte[] _last = new byte[1_000];
    private int _length;

    public SilentHost() => Wheel = new TimingWheel(Time, TimeSpan.FromMilliseconds(100));

    public ManualTime Time { get; } = new();

    public TimingWheel Wheel { get; }

    public long MaxPacketBytes { get; set; } = 1_000;

    public EventCodec Codec => EventCodec.Ts1;

    public TransportKind TransportKind => TransportKind.WebSocket;

    public ReadOnlySpan<byte> Last => _last.AsSpan(0, _length);

    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        packet.CopyTo(_last);
        _length = packet.Length;
    }

    public bool TryOffer(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        Send(packet, attachments);
        return true;
    }

    public void Conflate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments, ReadOnlySpan<byte> key) => throw new InvalidOperationException("The peer is not behind.");

    public void Drop() => throw new InvalidOperationException("The peer is not behind.");

    public bool HasRoom(int bytes) => true;

    public Task WhenSentAsync() => Task.CompletedTask;

    public void Cork()
    {
    }

    public void Uncork()
    {
    }

    public void Close(DisconnectReason reason) => throw new InvalidOperationException(reason.Description);

    public void OnRefused(EventChannel channel, EventRefused refused) => throw new InvalidOperationException(refused.Detail);

    public void OnHandlerFault(string @event, Exception exception)
    {
    }

    public void Dispose() => Wheel.Dispose();
}

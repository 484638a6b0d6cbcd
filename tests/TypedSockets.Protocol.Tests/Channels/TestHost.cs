using System.Text;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Testing;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>A connection that writes down what its channel does.</summary>
internal sealed class TestHost : IChannelHost, IDisposable
{
    private readonly SemaphoreSlim _sent = new(0);
    private int _awaited;

    public TestHost() => Wheel = new TimingWheel(Time, TimeSpan.FromMilliseconds(100));

    public ManualTime Time { get; } = new();

    public TimingWheel Wheel { get; }

    public long MaxPacketBytes { get; set; } = 1_000;

    /// <summary>What was sent, as <c>Type event ack payload</c>, with the stream's number in place of the event's where there is one.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Called before a packet is sent.</summary>
    public Action<NamespacePacketType> Sending { get; set; } = _ => { };

    /// <summary>Whether what is sent is written down, which allocates.</summary>
    public bool IsRecording { get; set; } = true;

    /// <summary>Whether the peer is behind.</summary>
    public bool IsBehind { get; set; }

    /// <summary>The keys of the events that wait.</summary>
    public List<string> Conflated { get; } = [];

    public int Dropped { get; private set; }

    public List<DisconnectReason> Closed { get; } = [];

    public List<string> Faults { get; } = [];

    public EventCodec Codec { get; init; } = EventCodec.Ts1;

    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        Assert.True(attachments.IsEmpty);
        if (!IsRecording)
        {
            return;
        }

        if (Codec is not EventCodec.Ts1)
        {
            Sent.Add(Encoding.UTF8.GetString(packet));
            return;
        }

        while (!packet.IsEmpty)
        {
            var read = Ts1Reader.Read(ref packet);
            Assert.Equal((uint)TestContract.Namespace, read.NamespaceNumber);
            var ack = read.Type is >= NamespacePacketType.StreamItem and <= NamespacePacketType.StreamCancel ? read.Ack : read.AckId;
            Sending(read.Type);
            lock (Sent)
            {
                Sent.Add($"{read.Type} {read.EventNumber} {ack} {Convert.ToHexStringLower(read.Payload)}");
            }

            _sent.Release();
        }
    }

    /// <summary>How many bytes streams may send; they wait for more.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Completed when there is room again.</summary>
    public TaskCompletionSource Emptied { get; } = new();

    public bool HasRoom(int bytes) => bytes <= Room;

    public Task WhenSentAsync() => Emptied.Task;

    public void Cork()
    {
    }

    public void Uncork()
    {
    }

    /// <summary>Completes when so many packets have been sent.</summary>
    public async Task WaitForSentAsync(int count)
    {
        for (; _awaited < count; _awaited++)
        {
            Assert.True(await _sent.WaitAsync(TimeSpan.FromSeconds(30)), $"Only {_awaited} packets were sent: {string.Join(", ", Sent)}");
        }
    }

    public bool TryOffer(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        if (!IsBehind)
        {
            Send(packet, attachments);
        }

        return !IsBehind;
    }

    public void Conflate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments, ReadOnlySpan<byte> key) => Conflated.Add(Convert.ToHexStringLower(key));

    public void Drop() => Dropped++;

    public void OnRefused(EventChannel channel, EventRefused refused) => throw new InvalidOperationException("ts1 refuses no event.");

    public void Close(DisconnectReason reason) => Closed.Add(reason);

    public void OnHandlerFault(string @event, Exception exception) => Faults.Add($"{@event}: {exception.Message}");

    public void Dispose()
    {
        Wheel.Dispose();
        _sent.Dispose();
    }
}

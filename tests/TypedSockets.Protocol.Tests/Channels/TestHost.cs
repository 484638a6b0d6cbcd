using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Tests.Heartbeat;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>A connection that writes down what its channel does.</summary>
internal sealed class TestHost : IChannelHost, IDisposable
{
    public TestHost() => Wheel = new TimingWheel(Time, TimeSpan.FromMilliseconds(100));

    public ManualTime Time { get; } = new();

    public TimingWheel Wheel { get; }

    public long MaxPacketBytes { get; set; } = 1_000;

    /// <summary>What was sent, as <c>Type event ack payload</c>.</summary>
    public List<string> Sent { get; } = [];

    public List<DisconnectReason> Closed { get; } = [];

    public List<string> Faults { get; } = [];

    public EventCodec Codec => EventCodec.Ts1;

    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        Assert.True(attachments.IsEmpty);
        while (!packet.IsEmpty)
        {
            var read = Ts1Reader.Read(ref packet);
            Assert.Equal((uint)TestContract.Namespace, read.NamespaceNumber);
            lock (Sent)
            {
                Sent.Add($"{read.Type} {read.EventNumber} {read.AckId} {Convert.ToHexStringLower(read.Payload)}");
            }
        }
    }

    public void OnRefused(EventChannel channel, EventRefused refused) => throw new InvalidOperationException("ts1 refuses no event.");

    public void Close(DisconnectReason reason) => Closed.Add(reason);

    public void OnHandlerFault(string @event, Exception exception) => Faults.Add($"{@event}: {exception.Message}");

    public void Dispose() => Wheel.Dispose();
}

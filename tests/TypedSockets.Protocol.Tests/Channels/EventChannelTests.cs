using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>The server's end of a channel over a connection in memory.</summary>
public sealed partial class EventChannelTests : IDisposable
{
    private static readonly ChannelOptions s_options = new(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 300, 2, DetailedErrors: false);

    private readonly TestHost _host = new();
    private readonly List<string> _handled = [];
    private Func<int, int, EventCall, ValueTask> _handler;
    private EventChannel _channel;

    public EventChannelTests()
    {
        _handler = (eventId, value, call) =>
        {
            _handled.Add($"{eventId} {value}");
            return call.Complete();
        };
        _channel = Start(s_options);
    }

    public void Dispose() => _host.Dispose();

    private EventChannel Start(ChannelOptions options, SynchronizationContext? context = null, Func<ValueTask>? first = null, ContractShape? shape = null)
    {
        shape ??= TestContract.Shape;
        var channel = new EventChannel(_host, Side.Server, shape, EventNumbers.Identical(TestContract.Namespace, shape, Side.Server, ContractAgreement.Identical), options, context);
        channel.Start(new TestDispatcher((eventId, value, call) => _handler(eventId, value, call)), first);
        return channel;
    }

    private void ReceiveEvent(int eventId, int value) => Receive(NamespacePacketType.Event, (uint)eventId, null, [0x91, (byte)value]);

    private void ReceiveRequest(int eventId, uint ackId, int value) => Receive(NamespacePacketType.Request, (uint)eventId, ackId, [0x91, (byte)value]);

    /// <summary>The packet's bytes are overwritten afterwards, as those of a receive buffer are.</summary>
    private void Receive(NamespacePacketType type, uint eventNumber, uint? ackId, byte[] payload)
    {
        _channel.Receive(new NamespacePacket(type, TestContract.Namespace, eventNumber, ackId.GetValueOrDefault(), payload));
        payload.AsSpan().Fill(0xc1);
    }
}

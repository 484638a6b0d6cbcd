using System.Text;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Tests.Channels;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>One end of a session over Socket.IO that has joined the contract's namespace, /test; its handler writes down what it is called with.</summary>
internal sealed class TestConnection : EventConnection
{
    public const int MaxBytes = 2_000;

    private readonly Side _side;

    public TestConnection(Side side, Session session, RecordingTransport transport, TimingWheel wheel, EventCodec codec) : base(session, transport, wheel, codec)
    {
        _side = side;
        Wire = transport;
        Input(machine => machine.Start(TimeSpan.Zero));
        if (session is ClientSession client)
        {
            Input(_ => client.Opened(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), TimeSpan.Zero));
        }

        var numbers = EventNumbers.Identical(0, TestContract.Shape, side, ContractAgreement.Unknown);
        Channel = new EventChannel(this, side, TestContract.Shape, numbers, new ChannelOptions(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 10_000, 16, false), null);
        AddChannel(0, Channel);
        Channel.Start(new TestDispatcher(Handle), first: null);
        transport.Sent.Clear();
    }

    public RecordingTransport Wire { get; }

    public EventChannel Channel { get; }

    /// <summary>What handlers were called with, and events that were refused.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What a handler ends with.</summary>
    public Exception? Fails { get; set; }

    public override long MaxPacketBytes => MaxBytes;

    private protected override long MaxQueuedBytes => MaxBytes;

    private protected override int MaxQueuedPackets => int.MaxValue;

    private protected override long MaxReceivedBytes => MaxBytes;

    private protected override Side Side => _side;

    public void Text(string message) => ((IPacketReceiver)this).OnText(Encoding.UTF8.GetBytes($"4{message}"));

    public void Binary(params byte[] message) => ((IPacketReceiver)this).OnBinary(message);

    public override void OnRefused(EventChannel channel, EventRefused refused) => Calls.Add($"refused {refused.Event}");

    public override void OnHandlerFault(string @event, Exception exception) => Calls.Add($"fault {@event}");

    private protected override void OnBehind(ConsumerBehind behind) => Calls.Add("behind");

    public override void OnUpgrade(ConnectionEvent change)
    {
    }

    private protected override void ReceiveConnect(scoped in SocketIOPacket packet) => throw new SocketIOViolationException("The test connects nothing more.");

    private protected override void ReceiveConnect(in NamespacePacket packet) => throw new NotSupportedException();

    private protected override void ReceiveToken(in NamespacePacket packet) => throw new InvalidOperationException("Socket.IO has no such packet.");

    private protected override void FinishChannel(EventChannel channel, DisconnectReason reason) => Calls.Add($"left {reason.Code}");

    private protected override void OnSessionEnded(DisconnectReason reason)
    {
    }

    private ValueTask Handle(int eventId, int value, EventCall call)
    {
        Calls.Add($"{eventId} {value}");
        return Fails is { } exception ? call.Complete(Task.FromException(exception)) : default;
    }
}

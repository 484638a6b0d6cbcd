using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Benchmarks.Heartbeats;

/// <summary>A server's session with its default times, that does nothing but beat.</summary>
internal sealed class BeatingConnection : Connection
{
    private readonly ServerSession _session;

    public BeatingConnection(TimingWheel wheel, TimeSpan interval, TimeSpan timeout)
        : this(new ServerSession(interval, timeout, connectTimeout: interval, closeTimeout: timeout), wheel)
    {
    }

    private BeatingConnection(ServerSession session, TimingWheel wheel) : base(session, new AnsweringTransport(), wheel) => _session = session;

    public override void OnHandlerFault(string @event, Exception exception) => throw new InvalidOperationException($"{@event} failed.", exception);

    private protected override void OnOpen() => _session.NamespaceJoined();

    private protected override void OnTextMessage(ReadOnlySpan<byte> message) => throw new InvalidOperationException("Nobody sends messages here.");

    private protected override void OnBinaryMessage(ReadOnlySpan<byte> message) => throw new InvalidOperationException("Nobody sends messages here.");

    private protected override void OnEnd(DisconnectReason reason) => throw new InvalidOperationException($"A session ended: {reason}");
}

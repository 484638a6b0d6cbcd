using System.IO.Pipelines;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Tests.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;

namespace TypedSockets.Protocol.Tests.Transports;

/// <summary>One end's transport over a pair of pipes, and the wire at its other end.</summary>
internal sealed class TransportPair : IDuplexPipe
{
    private readonly HeldScheduler _scheduler = new();
    private readonly Pipe _incoming;
    private readonly Pipe _outgoing = new(new PipeOptions(useSynchronizationContext: false));

    public TransportPair(Side side, NegotiatedWebSocket? negotiated = null)
    {
        _incoming = new Pipe(new PipeOptions(readerScheduler: _scheduler, useSynchronizationContext: false));
        Transport = new WebSocketTransport(this, side, maxMessageBytes: 100_000, maxQueuedBytes: 1_000_000, Abort, negotiated ?? NegotiatedWebSocket.Plain);
    }

    public WebSocketTransport Transport { get; }

    public RecordingPackets Packets { get; } = new();

    public int Aborts { get; private set; }

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output => _outgoing.Writer;

    /// <summary>Holds the receive loop back until <see cref="ReleaseLoop"/>: what happens meanwhile it finds all at once.</summary>
    public void HoldLoop() => _scheduler.Holds = true;

    public void ReleaseLoop() => _scheduler.Release();

    /// <summary>Lets the peer send bytes.</summary>
    public async Task ArriveAsync(params byte[][] frames) => await _incoming.Writer.WriteAsync(frames.SelectMany(frame => frame).ToArray());

    /// <summary>The peer is gone.</summary>
    public void EndArrival(Exception? exception = null) => _incoming.Writer.Complete(exception);

    public Task<DisconnectReason?> ReceiveAsync() => Transport.ReceiveAsync(Packets).WaitAsync(TimeSpan.FromSeconds(30));

    public Task FinishAsync() => Transport.FinishAsync().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Everything that the transport has sent. The transport is finished.</summary>
    public async Task<List<Frames.Frame>> SentAsync()
    {
        await _outgoing.Writer.CompleteAsync();
        using var bytes = new MemoryStream();
        await _outgoing.Reader.CopyToAsync(bytes);
        return Frames.Parse(bytes.ToArray());
    }

    // As a server's connection does: both directions fail.
    private void Abort()
    {
        Aborts++;
        _incoming.Writer.Complete(new IOException("aborted"));
    }

    private sealed class HeldScheduler : PipeScheduler
    {
        private readonly Queue<Action> _held = new();

        public bool Holds { get; set; }

        public override void Schedule(Action<object?> action, object? state)
        {
            if (Holds)
            {
                _held.Enqueue(() => action(state));
            }
            else
            {
                action(state);
            }
        }

        public void Release()
        {
            Holds = false;
            while (_held.TryDequeue(out var action))
            {
                action();
            }
        }
    }

    internal sealed class RecordingPackets : IPacketReceiver
    {
        public List<string> Log { get; } = [];

        public Action<string>? OnPacket { get; set; }

        public Func<ValueTask> OnReady { get; set; } = () => default;

        public void OnText(ReadOnlySpan<byte> packet) => Add($"text {System.Text.Encoding.UTF8.GetString(packet)}");

        public void OnBinary(ReadOnlySpan<byte> message) => Add($"binary {Convert.ToHexStringLower(message)}");

        public void OnViolation(DisconnectReason reason, int closeCode) => Add($"violation {reason.Code} {closeCode}");

        public ValueTask WhenReadyAsync() => OnReady();

        private void Add(string packet)
        {
            Log.Add(packet);
            OnPacket?.Invoke(packet);
        }
    }
}

using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Load.Drivers;

/// <summary>Sends one-way events on every connection as fast as the server takes them: a block of prebuilt frames over and over. The server counts.</summary>
internal sealed class FloodDriver : LoadDriver
{
    private readonly LoadLoop _loop;
    private readonly ControlClient _control;
    private readonly bool _checksTicks;
    private readonly byte[] _block;
    private readonly int[] _frameEnds;
    private readonly ulong[] _tickSums;
    private readonly (long Blocks, int Offset)[] _progress;
    private ServerSample _before;

    public FloodDriver(LoadLoop loop, Dialect dialect, BenchmarkInput input, ControlClient control)
    {
        _loop = loop;
        _control = control;
        _checksTicks = dialect.DecodesPayloads;
        byte[][] frames = [.. input.Moves.Select(dialect.OneWay)];
        _block = [.. frames.SelectMany(frame => frame)];
        _frameEnds = new int[frames.Length + 1];
        _tickSums = new ulong[frames.Length + 1];
        for (var i = 0; i < frames.Length; i++)
        {
            _frameEnds[i + 1] = _frameEnds[i] + frames[i].Length;
            _tickSums[i + 1] = _tickSums[i] + input.Moves[i].Tick;
        }

        _progress = new (long, int)[loop.Connections.Count];
    }

    public override bool IsDrained
    {
        get
        {
            var (frames, ticks) = Sent();
            var after = _control.Sample();
            var handled = after.Ingested - _before.Ingested;
            if (handled > frames)
            {
                throw new LoadException($"{frames} one-way events were sent and {handled} handled.");
            }

            if (handled == frames && _checksTicks && after.TickSum - _before.TickSum != ticks)
            {
                throw new LoadException("The server decoded other ticks than were sent.");
            }

            return handled == frames;
        }
    }

    public override string Missing => $"{Sent().Frames - (_control.Sample().Ingested - _before.Ingested)} of {Sent().Frames} one-way events";

    public override long Count(ServerSample server) => server.Ingested;

    public override void Start()
    {
        _before = _control.Sample();
        SetFlooding(true);
    }

    public override void Stop() => SetFlooding(false);

    public override void Received(LoadConnection connection, in Incoming incoming, long now) =>
        throw new LoadException($"Connection {connection.Index} got '{incoming.Kind}' though it only sends one-way events.");

    public override void Writable(LoadConnection connection)
    {
        ref var progress = ref _progress[connection.Index];
        var end = progress.Offset + connection.TrySend(_block.AsSpan(progress.Offset));

        // A frame that was cut is completed before anything else can be sent, so that the answer to a heartbeat cannot land inside it.
        var found = Array.BinarySearch(_frameEnds, end);
        var frameEnd = found >= 0 ? end : _frameEnds[~found];
        if (frameEnd > end)
        {
            connection.Hold(_block.AsSpan(end..frameEnd));
        }

        progress = frameEnd == _block.Length ? (progress.Blocks + 1, 0) : (progress.Blocks, frameEnd);
    }

    private (long Frames, ulong Ticks) Sent()
    {
        var sent = (Frames: 0L, Ticks: 0UL);
        foreach (var (blocks, offset) in _progress)
        {
            var frames = Array.BinarySearch(_frameEnds, offset);
            sent.Frames += (blocks * (_frameEnds.Length - 1)) + frames;
            sent.Ticks += ((ulong)blocks * _tickSums[^1]) + _tickSums[frames];
        }

        return sent;
    }

    private void SetFlooding(bool flooding)
    {
        foreach (var connection in _loop.Connections)
        {
            connection.WritableWanted = flooding;
        }
    }
}

using System.Diagnostics;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Load.Drivers;

/// <summary>The first connection publishes, all receive. Every connection gets the broadcasts in the order of publishing, so its n-th delivery is the n-th broadcast.</summary>
internal abstract class BroadcastDriver : LoadDriver
{
    private const int MaxBehind = 1024;
    private const int CompareEvery = 16;

    private readonly LoadLoop _loop;
    private readonly byte[][] _publishes;
    private readonly byte[][] _deliveries;
    private readonly long[] _publishedAt = new long[MaxBehind];
    private readonly int[] _missing = new int[MaxBehind];
    private readonly long[] _delivered;
    private long _count;

    protected BroadcastDriver(LoadLoop loop, Dialect dialect, BenchmarkInput input)
    {
        _loop = loop;
        _publishes = [.. input.Lines.Select(dialect.Publish)];
        _deliveries = [.. input.Lines.Select(dialect.DeliveryBody)];
        _delivered = new long[loop.Connections.Count];
    }

    public override LatencyHistogram Latencies { get; } = new();

    public override bool IsDrained => _count == Expected;

    public override string Missing => $"{Expected - _count} of {Expected} deliveries";

    protected long Published { get; private set; }

    protected bool IsStopped { get; private set; }

    private long Expected => Published * _loop.Connections.Count;

    public override long Count(ServerSample server) => _count;

    public override void Stop() => IsStopped = true;

    public override void Received(LoadConnection connection, in Incoming incoming, long now)
    {
        var number = _delivered[connection.Index]++;
        var expected = _deliveries[number % _deliveries.Length];
        if (incoming.Kind != IncomingKind.Delivery || number >= Published || incoming.Body.Length != expected.Length)
        {
            throw new LoadException($"Connection {connection.Index} got '{incoming.Kind}' of {incoming.Body.Length} bytes as delivery {number} of {Published}.");
        }

        if (_count++ % CompareEvery == 0 && !incoming.Body.SequenceEqual(expected))
        {
            throw new LoadException($"Connection {connection.Index} got other bytes than broadcast {number} has.");
        }

        if (IsRecording)
        {
            Latencies.Record(now - _publishedAt[number % MaxBehind]);
        }

        if (--_missing[number % MaxBehind] == 0)
        {
            Completed();
        }
    }

    /// <summary>A broadcast has reached every connection.</summary>
    protected virtual void Completed()
    {
    }

    protected void Publish()
    {
        ref var missing = ref _missing[Published % MaxBehind];
        if (missing != 0)
        {
            throw new LoadException($"More than {MaxBehind} broadcasts wait for their deliveries.");
        }

        missing = _loop.Connections.Count;
        _publishedAt[Published % MaxBehind] = Stopwatch.GetTimestamp();
        var frame = _publishes[Published % _publishes.Length];
        Published++;
        _loop.Connections[0].Send(frame);
    }
}

using System.Diagnostics;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Load.Drivers;

/// <summary>Keeps a number of requests outstanding on every connection: each reply is followed by the next request, and the replies of one read by one send.</summary>
internal sealed class RequestReplyDriver : LoadDriver
{
    // Every reply is counted and its length checked; the bytes of one in 64 are compared, so that the generator stays cheap.
    private const int CompareEvery = 64;

    private readonly LoadLoop _loop;
    private readonly int _outstanding;
    private readonly byte[][] _requests;
    private readonly byte[][] _replies;
    private readonly long[] _sentAt;
    private readonly byte[] _next;
    private int _nextLength;
    private long _sent;
    private long _answered;
    private bool _stopped;

    public RequestReplyDriver(LoadLoop loop, Dialect dialect, BenchmarkInput input, int outstanding)
    {
        _loop = loop;
        _outstanding = outstanding;
        _requests = [.. Enumerable.Range(0, outstanding).Select(slot => dialect.Request(slot, input.Lines[slot]))];
        _replies = [.. Enumerable.Range(0, outstanding).Select(slot => dialect.ReplyBody(input.Lines[slot]))];
        _sentAt = new long[loop.Connections.Count * outstanding];
        _next = new byte[_requests.Sum(request => request.Length)];
    }

    public override LatencyHistogram Latencies { get; } = new();

    public override bool IsDrained => _answered == _sent;

    public override string Missing => $"{_sent - _answered} of {_sent} replies";

    public override long Count(ServerSample server) => _answered;

    public override void Start()
    {
        foreach (var connection in _loop.Connections)
        {
            for (var slot = 0; slot < _outstanding; slot++)
            {
                Request(connection, slot, Stopwatch.GetTimestamp());
            }

            ReadEnded(connection);
        }
    }

    public override void Stop() => _stopped = true;

    public override void Received(LoadConnection connection, in Incoming incoming, long now)
    {
        if (incoming.Kind != IncomingKind.Reply || (uint)incoming.Slot >= (uint)_outstanding)
        {
            throw new LoadException($"Connection {connection.Index} got '{incoming.Kind}' with slot {incoming.Slot}; {_outstanding} requests are outstanding.");
        }

        ref var sentAt = ref _sentAt[(connection.Index * _outstanding) + incoming.Slot];
        var expected = _replies[incoming.Slot];
        if (sentAt == 0 || incoming.Body.Length != expected.Length || (_answered % CompareEvery == 0 && !incoming.Body.SequenceEqual(expected)))
        {
            throw new LoadException($"The server answered request {incoming.Slot} of connection {connection.Index} {(sentAt == 0 ? "twice" : "wrongly")}.");
        }

        if (IsRecording)
        {
            Latencies.Record(now - sentAt);
        }

        sentAt = 0;
        _answered++;
        if (!_stopped)
        {
            Request(connection, incoming.Slot, now);
        }
    }

    public override void ReadEnded(LoadConnection connection)
    {
        if (_nextLength > 0)
        {
            connection.Send(_next.AsSpan(0, _nextLength));
            _nextLength = 0;
        }
    }

    private void Request(LoadConnection connection, int slot, long now)
    {
        var request = _requests[slot];
        request.CopyTo(_next, _nextLength);
        _nextLength += request.Length;
        _sentAt[(connection.Index * _outstanding) + slot] = now;
        _sent++;
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Connections;

namespace TypedSockets.Protocol.Observability;

/// <summary>What one end measures of its sessions. How many are open is counted when somebody asks, so that a session costs nothing for it and late listeners see them all.</summary>
internal sealed class SessionInstruments
{
    private static readonly InstrumentAdvice<double> s_durations = new() { HistogramBucketBoundaries = [0.1, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400] };

    private readonly Func<IEnumerable<Connection>> _sessions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _upgrades;
    private readonly Counter<long> _slowConsumers;

    /// <param name="meter">Makes the instruments.</param>
    /// <param name="side">Which end this is.</param>
    /// <param name="sessions">Returns the sessions of the end at this moment.</param>
    public SessionInstruments(Meter meter, Side side, Func<IEnumerable<Connection>> sessions)
    {
        var end = EventInstruments.NameOf(side);
        _sessions = sessions;
        _duration = meter.CreateHistogram($"{end}.session.duration", "s", "How long a session lasted. The count says how many ended, and why.", tags: null, s_durations);
        _handshakes = meter.CreateCounter<long>($"{end}.handshakes", "{handshake}", "Sessions that were opened, and tries that failed, with those to go on with a session that the server does not have.");
        _upgrades = meter.CreateCounter<long>($"{end}.upgrades", "{upgrade}", "Moves of a session from HTTP long-polling to a WebSocket.");
        _slowConsumers = meter.CreateCounter<long>($"{end}.slow_consumers", "{occurrence}", "Peers that were found to read too slowly, and peers whose sessions were ended for it.");
        meter.CreateObservableUpDownCounter($"{end}.sessions", CountSessions, "{session}", "Sessions that are open.");
        meter.CreateObservableUpDownCounter($"{end}.queue.size", CountQueuedBytes, "By", "Bytes that wait: to be sent, since peers read too slowly, and for handlers that are behind.");
    }

    /// <summary>A session was opened.</summary>
    public void HandshakeSucceeded(TransportKind transport)
    {
        if (_handshakes.Enabled)
        {
            _handshakes.Add(1, new(Telemetry.Outcome, "succeeded"), new(Telemetry.Transport, ActivityExtensions.TagOf(transport)));
        }
    }

    /// <summary>No session was opened.</summary>
    /// <param name="errorType">Why.</param>
    /// <param name="status">The HTTP status that it was answered with; null where it was not, or is not known.</param>
    public void HandshakeFailed(string errorType, int? status)
    {
        if (_handshakes.Enabled)
        {
            var tags = new TagList { { Telemetry.Outcome, "failed" }, { Telemetry.ErrorType, errorType } };
            if (status is { } code)
            {
                tags.Add(Telemetry.StatusCode, code);
            }

            _handshakes.Add(1, tags);
        }
    }

    /// <summary>Something became of an upgrade.</summary>
    public void Upgraded(ConnectionEvent change)
    {
        switch (change)
        {
            case TypedSockets.Upgraded:
                _upgrades.Add(1, new KeyValuePair<string, object?>(Telemetry.Outcome, "succeeded"));
                break;
            case UpgradeFailed failed when _upgrades.Enabled:
                _upgrades.Add(1, new(Telemetry.Outcome, "failed"), new(Telemetry.ErrorType, ErrorTypes.Of(failed.Why)));
                break;
        }
    }

    /// <summary>A peer is behind.</summary>
    public void FoundBehind() => _slowConsumers.Add(1, new KeyValuePair<string, object?>(Telemetry.Consumer, "behind"));

    /// <summary>A session that was open is over.</summary>
    public void Ended(EventConnection session, TimeSpan duration, DisconnectReason reason)
    {
        if (reason is SlowConsumer { Initiator: Initiator.Local })
        {
            _slowConsumers.Add(1, new KeyValuePair<string, object?>(Telemetry.Consumer, "ended"));
        }

        if (_duration.Enabled)
        {
            _duration.Record(
                duration.TotalSeconds,
                new(Telemetry.Transport, ActivityExtensions.TagOf(session.TransportKind)),
                new(Telemetry.Codec, ActivityExtensions.TagOf(session.Codec)),
                new(Telemetry.Reason, ErrorTypes.Of(reason)));
        }
    }

    private IEnumerable<Measurement<long>> CountSessions()
    {
        var counts = new Dictionary<(TransportKind Transport, string Codec), long>();
        foreach (var transport in Enum.GetValues<TransportKind>())
        {
            // Told when there is none, too: a count that stops being told looks as if it went on.
            counts[(transport, ActivityExtensions.TagOf(EventCodec.Ts1))] = 0;
            counts[(transport, ActivityExtensions.TagOf(EventCodec.SocketIO))] = 0;
        }

        foreach (var session in OpenSessions())
        {
            counts[(session.TransportKind, ActivityExtensions.TagOf(session.Codec))]++;
        }

        return counts.Select(static count => new Measurement<long>(
            count.Value, new KeyValuePair<string, object?>(Telemetry.Transport, ActivityExtensions.TagOf(count.Key.Transport)), new(Telemetry.Codec, count.Key.Codec)));
    }

    private Measurement<long>[] CountQueuedBytes()
    {
        var (outgoing, incoming) = (0L, 0L);
        foreach (var session in OpenSessions())
        {
            outgoing += session.Transport.QueuedBytes;
            incoming += session.QueuedEventBytes;
        }

        return
        [
            new(outgoing, new KeyValuePair<string, object?>(Telemetry.Direction, Telemetry.Transmit)),
            new(incoming, new KeyValuePair<string, object?>(Telemetry.Direction, Telemetry.Receive)),
        ];
    }

    private IEnumerable<EventConnection> OpenSessions() => _sessions().OfType<EventConnection>().Where(static session => session.Reason is null);
}

using System.Diagnostics.Metrics;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Observability;

/// <summary>What one end measures of its events, for all contracts together.</summary>
internal sealed class EventInstruments
{
    // From a handler that returns at once, which takes microseconds, to one that waits as long as a request may.
    private static readonly InstrumentAdvice<double> s_durations = new()
    {
        HistogramBucketBoundaries = [0.000_01, 0.000_1, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    public EventInstruments(Meter meter, Side side)
    {
        var end = NameOf(side);
        Events = meter.CreateCounter<long>($"{end}.events", "{event}", "Events that were sent, once for each peer, and events that were handed to a handler.");
        IO = meter.CreateCounter<long>($"{end}.io", "By", "Bytes of events and answers that were sent, and of messages that arrived, without what framing, compression and TLS change.");
        Refused = meter.CreateCounter<long>($"{end}.refused_events", "{event}", "Events that were kept from their handlers: no contract has them, their arguments are not what the handler takes, their streams are too many, or a rule or filter refused them.");
        meter.CreateObservableCounter($"{end}.conflated_events", () => Totals.Conflated, "{event}", "Events that a newer one replaced, since their peers read too slowly.");
        meter.CreateObservableCounter($"{end}.dropped_events", () => Totals.Dropped, "{event}", "Events that were dropped, since their peers read too slowly.");
        HandlerFailures = meter.CreateCounter<long>($"{end}.handler.failures", "{failure}", "Exceptions that handlers of events threw.");
        DispatchDuration = meter.CreateHistogram($"{end}.dispatch.duration", "s", "How long a handler took, from reading its arguments to sending its answer.", tags: null, s_durations);
        RequestDuration = meter.CreateHistogram($"{end}.request.duration", "s", "How long the peer's answer to a request took, or whatever ended the wait.", tags: null, s_durations);
        RequestsPending = meter.CreateUpDownCounter<long>($"{end}.pending_requests", "{request}", "Requests that wait for the peer's answer.");
    }

    public Counter<long> Events { get; }

    public Counter<long> IO { get; }

    public Counter<long> Refused { get; }

    public Counter<long> HandlerFailures { get; }

    public Histogram<double> DispatchDuration { get; }

    public Histogram<double> RequestDuration { get; }

    public UpDownCounter<long> RequestsPending { get; }

    /// <summary>What became of events for peers that read too slowly.</summary>
    public DeliveryTotals Totals { get; } = new();

    /// <summary>What the names of an end's instruments begin with.</summary>
    public static string NameOf(Side side) => side is Side.Server ? "typedsockets.server" : "typedsockets.client";
}

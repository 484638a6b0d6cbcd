using System.Diagnostics;
using TypedSockets.Protocol.Channels;

namespace TypedSockets.Protocol.Observability;

/// <summary>
/// Measures and traces the events of one contract on one end. While nobody listens, an event costs one look at whether somebody does. Safe for concurrent use.
/// </summary>
internal sealed class EventObserver
{
    private static readonly KeyValuePair<string, object?>[] s_transmit = [new(Telemetry.Direction, Telemetry.Transmit)];

    private readonly EventInstruments _instruments;
    private readonly EventTags[] _outgoing;
    private readonly EventTags[] _incoming;
    private readonly EventTags _otherOutgoing;
    private readonly EventTags _otherIncoming;

    public EventObserver(EventInstruments instruments, ContractShape shape, Side side)
    {
        _instruments = instruments;
        var (outgoing, incoming) = side is Side.Server ? (shape.ClientEvents, shape.ServerEvents) : (shape.ServerEvents, shape.ClientEvents);
        _outgoing = [.. outgoing.Select(@event => new EventTags(shape.Name, @event.Name, Telemetry.Transmit))];
        _incoming = [.. incoming.Select(@event => new EventTags(shape.Name, @event.Name, Telemetry.Receive))];
        _otherOutgoing = new EventTags(shape.Name, Telemetry.Other, Telemetry.Transmit);
        _otherIncoming = new EventTags(shape.Name, Telemetry.Other, Telemetry.Receive);
    }

    // Whether anybody listens to what an event of the kind is told to. Not short-circuited: one branch for all.

    public bool ObservesSending => _instruments.Events.Enabled | _instruments.IO.Enabled | Telemetry.Source.HasListeners();

    public bool ObservesRequests => ObservesSending | _instruments.RequestDuration.Enabled | _instruments.RequestsPending.Enabled;

    public bool ObservesDispatch => _instruments.Events.Enabled | _instruments.IO.Enabled | _instruments.DispatchDuration.Enabled | Telemetry.Source.HasListeners();

    /// <summary>An event of the contract was sent.</summary>
    /// <param name="eventId">Its compiled id.</param>
    /// <param name="deliveries">To how many peers.</param>
    /// <param name="bytes">The packets' sizes together.</param>
    public void Sent(int eventId, long deliveries, long bytes) => Sent(_outgoing[eventId], deliveries, bytes);

    /// <summary>An event that no contract has was sent.</summary>
    public void SentOther(long deliveries, long bytes) => Sent(_otherOutgoing, deliveries, bytes);

    /// <summary>An answer was sent.</summary>
    public void Answered(long bytes) => _instruments.IO.Add(bytes, s_transmit);

    /// <summary>An event that no contract has is handed to its handler.</summary>
    public void HandledOther() => _instruments.Events.Add(1, _otherIncoming.MethodAndDirection);

    /// <summary>An event of the contract was not handed to its handler.</summary>
    public void Refused(int eventId, string errorType) => Refused(_incoming[eventId], errorType);

    /// <summary>An event that no contract has was not handed to a handler.</summary>
    public void RefusedOther(string errorType) => Refused(_otherIncoming, errorType);

    /// <summary>The handler of an event threw.</summary>
    public void HandlerFailed(int eventId, Exception exception) => HandlerFailed(_incoming[eventId], exception);

    /// <summary>The handler of an event that no contract has threw.</summary>
    public void OtherHandlerFailed(Exception exception) => HandlerFailed(_otherIncoming, exception);

    /// <summary>An event is about to be sent: starts its activity, if somebody samples it, as a child of the current one. Whoever starts it disposes of it.</summary>
    /// <param name="eventId">The compiled id.</param>
    /// <param name="kind">Whether one peer is called, or many are told.</param>
    public Activity? StartSending(int eventId, ActivityKind kind) => Start(_outgoing[eventId], kind, default);

    /// <summary>
    /// Whose trace the peer is told of: that of the event's activity, or else of the current one. So a trace that this end has decided not to record is not begun anew at the other. Null, too,
    /// where nobody listens: nothing is sent for it then.
    /// </summary>
    public static Activity? TraceOf(Activity? own) => own ?? (Telemetry.Source.HasListeners() ? Activity.Current : null);

    /// <summary>A request is about to be sent.</summary>
    public ObservedRequest BeginRequest(int eventId, IChannelHost host)
    {
        var tags = _outgoing[eventId];
        var before = Activity.Current;
        var activity = Start(tags, ActivityKind.Client, default);
        activity?.Describe(host);
        return new ObservedRequest(_instruments, tags, host.Wheel, activity, before);
    }

    /// <summary>One of many peers is about to be asked, which one activity tells of for all of them.</summary>
    public ObservedRequest BeginAnswer(int eventId, IChannelHost host) => new(_instruments, _outgoing[eventId], host.Wheel, null, null);

    /// <summary>The handler of an event is about to be called.</summary>
    /// <param name="eventId">The compiled id.</param>
    /// <param name="caller">What the caller said about its trace; the default when it said nothing.</param>
    /// <param name="host">Where the event came from.</param>
    public ObservedHandler BeginHandler(int eventId, ActivityContext caller, IChannelHost host)
    {
        var tags = _incoming[eventId];
        _instruments.Events.Add(1, tags.MethodAndDirection);
        if (!Telemetry.Source.HasListeners())
        {
            return new ObservedHandler(_instruments, tags, host.Wheel, null, null);
        }

        var before = Activity.Current;
        var activity = Start(tags, ActivityKind.Server, caller);
        activity?.Describe(host);
        return new ObservedHandler(_instruments, tags, host.Wheel, activity, before);
    }

    private static Activity? Start(EventTags tags, ActivityKind kind, ActivityContext parent) => Telemetry.Source.StartActivity(tags.Name, kind, parent, tags.Activity);

    private void Sent(EventTags tags, long deliveries, long bytes)
    {
        _instruments.Events.Add(deliveries, tags.MethodAndDirection);
        _instruments.IO.Add(bytes, s_transmit);
    }

    private void Refused(EventTags tags, string errorType)
    {
        if (_instruments.Refused.Enabled)
        {
            _instruments.Refused.Add(1, tags.WithError(errorType));
        }
    }

    private void HandlerFailed(EventTags tags, Exception exception)
    {
        if (_instruments.HandlerFailures.Enabled)
        {
            _instruments.HandlerFailures.Add(1, tags.WithError(ErrorTypes.Of(exception)));
        }
    }
}

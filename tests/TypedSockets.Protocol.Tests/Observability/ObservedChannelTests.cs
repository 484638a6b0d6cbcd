using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Tests.Channels;

namespace TypedSockets.Protocol.Tests.Observability;

/// <summary>What it costs to watch a channel, and not to.</summary>
[Collection(nameof(ListeningTests))]
public sealed class ObservedChannelTests : IDisposable
{
    private const int Rounds = 1_000;

    private static readonly byte[] s_arguments = [0x91, 5];

    private readonly SilentHost _host = new();
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly MeterListener _listener = new();
    private readonly EventChannel _channel;
    private Func<EventCall, ValueTask> _handler = static call => call.Complete();
    private long _measured;

    public ObservedChannelTests()
    {
        var observer = new EventObserver(new EventInstruments(_meter, Side.Server), TestContract.Shape, Side.Server);
        var options = new ChannelOptions(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 300, 16, DetailedErrors: false) { Observer = observer };
        var numbers = EventNumbers.Identical(TestContract.Namespace, TestContract.Shape, Side.Server, ContractAgreement.Identical);
        _channel = new EventChannel(_host, Side.Server, TestContract.Shape, numbers, options, null);
        _channel.Start(new TestDispatcher((_, _, call) => _handler(call), mayAsk: false), first: null);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => _measured++);
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => _measured++);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Event_NobodyListens_AllocatesNothing()
    {
        Assert.Equal(0, AllocatedBy(Exchange));
        Assert.Equal(0, _measured);
    }

    [Fact]
    public void Event_IsMeasured_AllocatesNothing()
    {
        _listener.Start();
        Assert.Equal(0, AllocatedBy(Exchange));
        // Sent twice: an event and its bytes. Handled twice: an event and its duration; and one answer's bytes.
        Assert.Equal(2 * Rounds * 9, _measured);
    }

    [Fact]
    public void Event_IsTracedAndThenNot_TheWireIsAsBefore()
    {
        _channel.Send(TestContract.Said, new IntArguments(5));
        var before = _host.Last.ToArray();
        using (var listener = Listen(ActivitySamplingResult.AllData))
        {
            _channel.Send(TestContract.Said, new IntArguments(5));
            var traced = _host.Last.ToArray();
            Assert.Equal(before, traced[^before.Length..]);
            Assert.Equal([29, (byte)NamespacePacketType.Context, TestContract.Namespace, 2, 25], traced[..5]);
        }

        using (var listener = Listen(ActivitySamplingResult.None))
        {
            _channel.Send(TestContract.Said, new IntArguments(5));
            Assert.Equal(before, _host.Last.ToArray());
        }
    }

    /// <summary>The other end is to decide about the same trace, not to begin another.</summary>
    [Fact]
    public void Event_OfATraceThatIsNotRecorded_SaysWhichItIs_UnlessNobodyListens()
    {
        using var current = new Activity("unrecorded").Start();
        _channel.Send(TestContract.Said, new IntArguments(5));
        Assert.Equal(NamespacePacketType.Event, First().Type);
        using var listener = Listen(ActivitySamplingResult.None);
        _channel.Send(TestContract.Said, new IntArguments(5));
        AssertCurrent();
        _ = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None).AsTask();
        AssertCurrent();

        void AssertCurrent()
        {
            var caller = PacketContext.Read(First().Payload).Caller!.Context;
            Assert.Equal((current.TraceId, current.SpanId, ActivityTraceFlags.None), (caller.TraceId, caller.SpanId, caller.TraceFlags));
            Assert.Same(current, Activity.Current);
        }

        NamespacePacket First()
        {
            var message = _host.Last;
            return Ts1Reader.Read(ref message);
        }
    }

    [Fact]
    public void Event_ThatMayBeDropped_IsTracedAndCountedAsAnyOther()
    {
        _channel.SendDroppable(TestContract.Said, new IntArguments(5));
        var before = _host.Last.ToArray();
        _listener.Start();
        using var listener = Listen(ActivitySamplingResult.AllData);
        _channel.SendDroppable(TestContract.Said, new IntArguments(5));
        Assert.Equal(before, _host.Last[^before.Length..].ToArray());
        Assert.Equal(30 + before.Length, _host.Last.Length);
        Assert.Equal(2, _measured);
    }

    /// <summary>There is one CONTEXT at most in front of a packet, with all that is said about it.</summary>
    [Fact]
    public void Request_HasADeadlineAndATrace_OneContextSaysBoth()
    {
        using var listener = Listen(ActivitySamplingResult.AllData);
        _ = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();
        var message = _host.Last;
        var context = PacketContext.Read(Ts1Reader.Read(ref message).Payload);
        Assert.Equal(1_000u, context.Deadline);
        Assert.NotNull(context.Caller);
        Assert.Equal(NamespacePacketType.Request, Ts1Reader.Read(ref message).Type);
        Assert.True(message.IsEmpty);
    }

    /// <summary>That somebody traces must not make a call fail.</summary>
    [Fact]
    public void Event_WithTheContextMoreThanThePeerAccepts_GoesWithoutIt()
    {
        _channel.Send(TestContract.Said, new IntArguments(5));
        var before = _host.Last.ToArray();
        _host.MaxPacketBytes = before.Length;
        using var listener = Listen(ActivitySamplingResult.AllData);
        _channel.Send(TestContract.Said, new IntArguments(5));
        Assert.Equal(before, _host.Last.ToArray());
    }

    [Fact]
    public async Task Handler_ThatWaits_IsMeasuredOnTheClockOfTheConnection()
    {
        var durations = new List<double>();
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => durations.Add(value));
        _listener.Start();
        var waiting = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        _handler = call =>
        {
            answered.SetResult();
            return call.Complete(waiting.Task);
        };
        Receive(NamespacePacketType.Request, TestContract.Add);
        await answered.Task;
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(durations);
        waiting.SetResult();
        Assert.Equal([2], durations);
    }

    [Fact]
    public void Handler_WasQueued_IsTheChildOfItsCaller()
    {
        using var listener = Listen(ActivitySamplingResult.AllData);
        var parents = new List<string?>();
        listener.ActivityStopped = activity => parents.Add(activity.ParentSpanId.ToHexString());
        var waiting = new TaskCompletionSource();
        _handler = call => call.Complete(waiting.Task);
        Receive(NamespacePacketType.Request, TestContract.Add);
        var caller = CallerTrace.Read(Convert.FromHexString("000102030405060708090a0b0c0d0e0f" + "1011121314151617" + "01"));
        _channel.Receive(new NamespacePacket(NamespacePacketType.Request, TestContract.Namespace, TestContract.Add, 7, s_arguments) { Caller = caller });
        waiting.SetResult();
        Assert.Equal(["0000000000000000", "1011121314151617"], parents);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Request_IsAnswered_IsMeasuredAndStoppedWithoutTouchingWhatIsCurrent()
    {
        using var listener = Listen(ActivitySamplingResult.AllData);
        var stopped = new List<Activity>();
        listener.ActivityStopped = stopped.Add;
        var measured = new Dictionary<string, double>();
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add(instrument.Name, value));
        _listener.Start();
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), TestContext.Current.CancellationToken);
        Assert.Null(Activity.Current);
        _host.Time.Advance(TimeSpan.FromSeconds(3));
        using var current = new Activity("current").Start();
        _channel.Receive(new NamespacePacket(NamespacePacketType.Ack, TestContract.Namespace, 0, 0, [7]));
        Assert.Same(current, Activity.Current);
        Assert.Equal(7, await answer);
        Assert.Equal(("ITest.Ask", ActivityKind.Client), (stopped.Single().DisplayName, stopped.Single().Kind));
        Assert.Equal(new Dictionary<string, double> { ["typedsockets.server.request.duration"] = 3 }, measured);
    }

    /// <summary>Whoever goes on with an answer finds it measured.</summary>
    [Fact]
    public async Task Request_IsAnswered_IsMeasuredBeforeItsCallerIsTold()
    {
        ValueTask<int> answer = default;
        ValueTask acknowledgement = default;
        List<bool> wereAnswered = [];
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => wereAnswered.AddRange([answer.IsCompleted, acknowledgement.IsCompleted]));
        _listener.Start();
        answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), TestContext.Current.CancellationToken);
        acknowledgement = _channel.Request(TestContract.Ask, new IntArguments(5), TestContext.Current.CancellationToken);
        _channel.Receive(new NamespacePacket(NamespacePacketType.Ack, TestContract.Namespace, 0, 1, []));
        Assert.Equal([false, false], wereAnswered);
        _channel.Receive(new NamespacePacket(NamespacePacketType.Ack, TestContract.Namespace, 0, 0, [7]));
        Assert.Equal([false, false, false, true], wereAnswered);
        Assert.Equal(7, await answer);
        await acknowledgement;
    }

    [Fact]
    public async Task Request_CannotBeSent_EndsOnce()
    {
        var pending = new List<long>();
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "typedsockets.server.pending_requests")
            {
                pending.Add(value);
            }
        });
        _listener.Start();
        _host.MaxPacketBytes = 1;
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None).AsTask());
        _channel.End(new ClientDisconnect());
        Assert.Equal([1, -1], pending);
    }

    private static ActivityListener Listen(ActivitySamplingResult result)
    {
        var listener = new ActivityListener { ShouldListenTo = static source => source.Name == Telemetry.Name, Sample = (ref _) => result };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static long AllocatedBy(Action exchange)
    {
        Repeat(exchange);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(exchange);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action exchange)
    {
        for (var round = 0; round < Rounds; round++)
        {
            exchange();
        }
    }

    private void Exchange()
    {
        _channel.Send(TestContract.Said, new IntArguments(5));
        _channel.SendDroppable(TestContract.Said, new IntArguments(5));
        Receive(NamespacePacketType.Event, TestContract.Say);
        Receive(NamespacePacketType.Request, TestContract.Add);
    }

    private void Receive(NamespacePacketType type, uint @event) => _channel.Receive(new NamespacePacket(type, TestContract.Namespace, @event, 1, s_arguments));
}

using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed partial class EventChannelTests
{
    [Fact]
    public void Events_AreHandledInOrder_BeforeReceiveReturns()
    {
        ReceiveEvent(TestContract.Say, 1);
        ReceiveEvent(TestContract.Add, 2);
        ReceiveRequest(TestContract.Say, 9, 3);
        Assert.Equal(["1 1", "0 2", "1 3"], _handled);
        Assert.Equal(["Ack 0 9 "], _host.Sent);
    }

    [Fact]
    public void Events_BehindARunningHandler_WaitForIt_OneAtATime()
    {
        var gates = new Dictionary<int, TaskCompletionSource> { [1] = new(), [2] = new() };
        _handler = async (_, value, call) =>
        {
            _handled.Add($"begin {value}");
            if (gates.TryGetValue(value, out var gate))
            {
                await gate.Task;
            }

            _handled.Add($"end {value}");
            await call.Complete();
        };
        for (var value = 1; value <= 4; value++)
        {
            ReceiveEvent(TestContract.Say, value);
        }

        Assert.Equal(["begin 1"], _handled);
        gates[1].SetResult();
        Assert.Equal(["begin 1", "end 1", "begin 2"], _handled);
        gates[2].SetResult();
        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3", "begin 4", "end 4"], _handled);
        ReceiveEvent(TestContract.Say, 5);
        Assert.Equal("end 5", _handled[^1]);
    }

    /// <summary>A handler that asks the peer must get its answer while it runs.</summary>
    [Fact]
    public async Task Answer_WhileAHandlerRuns_DoesNotWaitForIt()
    {
        var handled = new TaskCompletionSource<int>();
        _handler = async (_, value, _) => handled.SetResult(await _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(value), CancellationToken.None));
        ReceiveEvent(TestContract.Say, 5);
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(7, await handled.Task);
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(uint.MaxValue)]
    public void Event_OfUnknownNumber_IsAParseError(uint number) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => Receive(NamespacePacketType.Event, number, null, [0x91, 5])).Reason);

    [Theory]
    [InlineData("")]
    [InlineData("91")]
    [InlineData("91a178")]
    [InlineData("910505")]
    [InlineData("ddffffffff")]
    public void Event_WithUnreadableArguments_IsAParseErrorThatNamesIt(string hex)
    {
        var exception = Assert.Throws<PacketException>(() => Receive(NamespacePacketType.Event, TestContract.Say, null, Convert.FromHexString(hex)));
        Assert.StartsWith("Event 'ITest.Say' cannot be read", Assert.IsType<ParseError>(exception.Reason).Detail, StringComparison.Ordinal);
        Assert.Empty(_handled);
    }

    [Fact]
    public void Event_WithUnreadableArguments_ThatHadToWait_EndsTheSession()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, _, _) => new ValueTask(gate.Task);
        ReceiveEvent(TestContract.Say, 1);
        Receive(NamespacePacketType.Event, TestContract.Say, null, [0xc0]);
        Assert.Empty(_host.Closed);
        gate.SetResult();
        Assert.IsType<ParseError>(Assert.Single(_host.Closed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handler_Failing_IsReportedHereAndAnswered(bool detailedErrors)
    {
        _channel = Start(s_options with { DetailedErrors = detailedErrors });
        _handler = (_, value, call) => value == 1 ? throw new InvalidOperationException("sync") : call.Complete(Task.FromException(new InvalidOperationException("async")));
        ReceiveEvent(TestContract.Say, 1);
        ReceiveRequest(TestContract.Say, 9, 1);
        ReceiveRequest(TestContract.Add, 8, 2);
        Assert.Equal(["ITest.Say: sync", "ITest.Say: sync", "ITest.Add: async"], _host.Faults);
        string[] expected = detailedErrors
            ? ["Fault 0 9 " + Text("System.InvalidOperationException: sync"), "Fault 0 8 " + Text("System.InvalidOperationException: async")]
            : ["Fault 0 9 9200c0", "Fault 0 8 9200c0"];
        Assert.Equal(expected, _host.Sent);

        static string Text(string text) => $"9200d9{text.Length:x2}{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(text))}";
    }

    [Fact]
    public void Handler_Cancelled_IsAnsweredButNotReported()
    {
        _handler = (_, _, call) => call.Complete(Task.FromCanceled(new CancellationToken(canceled: true)));
        ReceiveRequest(TestContract.Say, 9, 1);
        Assert.Equal(["Fault 0 9 9201c0"], _host.Sent);
        Assert.Empty(_host.Faults);
    }

    [Fact]
    public void Result_LargerThanThePeerAccepts_IsAFault()
    {
        _handler = (_, _, call) => call.Reply<string, TextCodec>(new ValueTask<string>(new string('x', 2_000)));
        ReceiveRequest(TestContract.Say, 9, 1);
        Assert.StartsWith("Fault 0 9 9202", Assert.Single(_host.Sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_ReachesTheHandlersToken()
    {
        var cancelled = new TaskCompletionSource();
        _handler = async (_, _, call) =>
        {
            await using var registration = call.CancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
        };
        ReceiveRequest(TestContract.Say, 9, 1);
        Receive(NamespacePacketType.Cancel, 0, 8, []);
        Assert.False(cancelled.Task.IsCompleted);
        Receive(NamespacePacketType.Cancel, 0, 9, []);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>A request that waited behind a handler used to run when its caller had given it up before it began.</summary>
    [Fact]
    public void Cancel_OfARequestThatWaits_IsAnsweredInItsTurn_AndItIsNotHandled()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, value, _) =>
        {
            _handled.Add($"{value}");
            return new ValueTask(gate.Task);
        };
        ReceiveEvent(TestContract.Say, 1);
        ReceiveRequest(TestContract.Say, 9, 2);
        ReceiveEvent(TestContract.Say, 3);
        Receive(NamespacePacketType.Cancel, 0, 9, []);
        Assert.Empty(_host.Sent);
        gate.SetResult();
        Assert.Equal(["Fault 0 9 9201c0"], _host.Sent);
        Assert.Equal(["1", "3"], _handled);
    }

    [Fact]
    public async Task End_CancelsTheTokensOfEventsAndRequests()
    {
        List<CancellationToken> tokens = [];
        var all = new TaskCompletionSource();
        _handler = (_, _, call) =>
        {
            tokens.Add(call.CancellationToken);
            return default;
        };
        ReceiveEvent(TestContract.Say, 1);
        ReceiveRequest(TestContract.Say, 9, 2);
        var left = tokens.Count;
        tokens.ForEach(token => token.Register(() =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }
        }));
        _channel.End(new TransportClose());
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Receive_AfterTheEnd_IsIgnored()
    {
        _channel.End(new TransportClose());
        Receive(NamespacePacketType.Event, 77, null, [0xc1]);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task Queue_OverItsLimit_IsFullUntilItHasDrained()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, _, _) => new ValueTask(gate.Task);
        ReceiveEvent(TestContract.Say, 1);
        Assert.True(_channel.WhenDrainedAsync().IsCompleted);
        for (var value = 0; !_channel.IsFull; value++)
        {
            // Each waiting event counts more than its bytes, so empty ones cannot pile up: 300 bytes are full after five.
            Assert.InRange(value, 0, 5);
            ReceiveEvent(TestContract.Say, value);
        }

        var drained = _channel.WhenDrainedAsync();
        Assert.False(drained.IsCompleted);
        gate.SetResult();
        await drained.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(_channel.IsFull);
    }

    [Fact]
    public void Start_WithWorkOfItsOwn_HoldsEventsBackUntilItIsDone()
    {
        var gate = new TaskCompletionSource();
        _channel = Start(s_options, first: () => new ValueTask(gate.Task));
        ReceiveEvent(TestContract.Say, 1);
        Assert.Empty(_handled);
        gate.SetResult();
        Assert.Equal(["1 1"], _handled);
    }

    [Fact]
    public void Start_WithWorkThatFails_ReportsIt_AndHandlesEvents()
    {
        _channel = Start(s_options, first: () => ValueTask.FromException(new InvalidOperationException("first")));
        ReceiveEvent(TestContract.Say, 1);
        Assert.Equal(["ITest: first"], _host.Faults);
        Assert.Equal(["1 1"], _handled);
    }

    [Fact]
    public void Finish_RunsBehindEveryEventThatCame_AndOnce()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, value, _) =>
        {
            _handled.Add($"{value}");
            return new ValueTask(gate.Task);
        };
        ReceiveEvent(TestContract.Say, 1);
        ReceiveEvent(TestContract.Say, 2);
        _channel.End(new TransportClose());
        _channel.Finish(Last);
        _channel.Finish(Last);
        Assert.Equal(["1"], _handled);
        gate.SetResult();
        Assert.Equal(["1", "2", "last"], _handled);

        ValueTask Last()
        {
            _handled.Add("last");
            return default;
        }
    }

    [Fact]
    public void CallbackContext_RunsHandlersInOrder_AndTheReceiveLoopRunsNone()
    {
        var context = new ManualContext();
        _channel = Start(s_options, context);
        ReceiveEvent(TestContract.Say, 1);
        ReceiveRequest(TestContract.Add, 9, 2);
        Assert.Empty(_handled);
        context.RunAll();
        Assert.Equal(["1 1", "0 2"], _handled);
        Assert.Equal(["Ack 0 9 "], _host.Sent);
        ReceiveEvent(TestContract.Say, 3);
        Receive(NamespacePacketType.Event, TestContract.Say, null, [0xc0]);
        context.RunAll();
        Assert.Equal("1 3", _handled[^1]);
        Assert.IsType<ParseError>(Assert.Single(_host.Closed));
    }

    [Fact]
    public void CallbackContext_HandlerThatAwaits_ComesBackToIt()
    {
        var context = new ManualContext();
        var gate = new TaskCompletionSource();
        _channel = Start(s_options, context);
        _handler = (_, value, _) =>
        {
            _handled.Add($"{value}");
            return new ValueTask(gate.Task);
        };
        ReceiveEvent(TestContract.Say, 1);
        ReceiveEvent(TestContract.Say, 2);
        context.RunAll();
        gate.SetResult();
        Assert.Equal(["1"], _handled);
        context.RunAll();
        Assert.Equal(["1", "2"], _handled);
    }

    private sealed class ManualContext : SynchronizationContext
    {
        private readonly Queue<Action> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue(() => d(state));

        public void RunAll()
        {
            while (_posted.TryDequeue(out var work))
            {
                work();
            }
        }
    }
}

using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>Who runs beside whom (docs/guides/concurrency.md).</summary>
public sealed partial class EventChannelTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly ContractShape s_concurrent = TestContract.Shape with { ServerEvents = [new EventShape("Add", 1) { Concurrency = Concurrency.Concurrent }, new EventShape("Say", 2)] };
    private static readonly ContractShape s_keyed = TestContract.Shape with
    {
        ServerEvents = [new EventShape("Add", 1) { Concurrency = Concurrency.Keyed }, new EventShape("Say", 2) { Concurrency = Concurrency.Keyed }],
    };

    private readonly Dictionary<int, TaskCompletionSource> _gates = [];
    private readonly System.Threading.Channels.Channel<string> _steps = System.Threading.Channels.Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Handler_ThatAwaitsItsPeer_LetsTheNextBegin_AndGoesOnWhenThatHasFinished()
    {
        _handler = (_, value, call) => call.Complete(value == 1 ? AskAsync(1) : WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        ReceiveRequest(TestContract.Say, 3, 3);
        Assert.Equal(["asks 1", "begins 2"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        // The answer is there, and somebody else has the turn.
        Assert.False(_steps.Reader.TryPeek(out _));
        Open(2);
        // Whoever has begun goes before whoever has not.
        Assert.Equal(["ends 2", "answered 1: 7", "begins 3"], await StepsAsync(3));
        Open(3);
        Assert.Equal(["ends 3"], await StepsAsync(1));
    }

    /// <summary>Events that came before the handler asked begin as soon as it does.</summary>
    [Fact]
    public async Task Handler_ThatAwaitsItsPeerAtLast_LetsThoseBeginThatWaited_InOrder()
    {
        _handler = (_, value, call) => call.Complete(value == 1 ? WaitAndAskAsync() : WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveEvent(TestContract.Say, 2);
        ReceiveEvent(TestContract.Say, 3);
        Assert.Equal(["begins 1"], await StepsAsync(1));
        Open(1);
        Assert.Equal(["ends 1", "asks 1", "begins 2"], await StepsAsync(3));
        Open(2);
        Assert.Equal(["ends 2", "begins 3"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Open(3);
        Assert.Equal(["ends 3", "answered 1: 7"], await StepsAsync(2));

        async Task WaitAndAskAsync()
        {
            await WaitAsync(1);
            await AskAsync(1);
        }
    }

    /// <summary>The same where nobody has to wait: the receive loop used to keep what a handler had made current.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1u)]
    public void Handler_AfterAnother_FindsNothingOfWhatWasCurrentForThat(uint? ackId)
    {
        var current = new AsyncLocal<string?>();
        _handler = (_, value, call) =>
        {
            _handled.Add($"{current.Value ?? "nothing"} at {value}");
            current.Value = $"{value}";
            return call.Complete();
        };
        for (byte value = 1; value <= 3; value++)
        {
            Receive(ackId is null ? NamespacePacketType.Event : NamespacePacketType.Request, TestContract.Say, ackId, [0x91, value]);
        }

        Assert.Equal(["nothing at 1", "nothing at 2", "nothing at 3"], _handled);
    }

    /// <summary>Whoever finished used to pass on what was current for him.</summary>
    [Fact]
    public async Task Handler_BehindAnother_FindsNothingOfWhatIsCurrentForThat()
    {
        var current = new AsyncLocal<string?>();
        _handler = (_, value, call) => call.Complete(HandleAsync(value));
        ReceiveEvent(TestContract.Say, 1);
        ReceiveEvent(TestContract.Say, 2);
        ReceiveEvent(TestContract.Say, 3);
        Open(1);
        Open(2);
        Open(3);
        Assert.Equal(["nothing at 1", "begins 1", "ends 1", "nothing at 2", "begins 2", "ends 2", "nothing at 3", "begins 3", "ends 3"], await StepsAsync(9));

        // No async method, which would keep what it sets to itself.
        Task HandleAsync(int value)
        {
            Step($"{current.Value ?? "nothing"} at {value}");
            current.Value = $"{value}";
            return WaitAsync(value);
        }
    }

    /// <summary>The queue used to stay full while a handler waited for its peer, whose answer was then never read.</summary>
    [Fact]
    public async Task Queue_FullBehindAHandlerThatAwaitsItsPeer_Drains()
    {
        var gate = new TaskCompletionSource();
        _handler = async (_, value, call) =>
        {
            if (value == 1)
            {
                await gate.Task;
                await AskAsync(1);
            }

            await call.Complete();
        };
        ReceiveRequest(TestContract.Say, 1, 1);
        while (!_channel.IsFull)
        {
            ReceiveEvent(TestContract.Say, 2);
        }

        var drained = _channel.WhenDrainedAsync();
        Assert.False(drained.IsCompleted);
        gate.SetResult();
        await drained.WaitAsync(s_patience, Token);
        Assert.Equal(["asks 1"], await StepsAsync(1));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
    }

    [Fact]
    public async Task Request_ThatNoHandlerWaitsFor_GivesNobodysTurnAway()
    {
        _handler = (_, value, call) => call.Complete(WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None).AsTask();
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(7, await answer);
        Open(1);
        Assert.Equal(["begins 1", "ends 1", "begins 2"], await StepsAsync(3));
    }

    /// <summary>A handler that waits for another peer keeps its turn: that one's requests come elsewhere.</summary>
    [Fact]
    public async Task Handler_ThatAwaitsAnotherPeer_KeepsItsTurn()
    {
        using var otherHost = new TestHost();
        var other = new EventChannel(
            otherHost, Side.Server, TestContract.Shape, EventNumbers.Identical(TestContract.Namespace, TestContract.Shape, Side.Server, ContractAgreement.Identical), s_options, null);
        _handler = (_, value, call) => call.Complete(value == 1 ? AskAsync(1, other) : WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.Equal(["asks 1"], await StepsAsync(1));
        other.Receive(new NamespacePacket(NamespacePacketType.Ack, TestContract.Namespace, 0, 0, [7]));
        Assert.Equal(["answered 1: 7", "begins 2"], await StepsAsync(2));
    }

    /// <summary>Two handlers that wait for each other in a way that nobody sees do so no longer than for an answer.</summary>
    [Fact]
    public async Task Handler_WhoseTurnDoesNotCome_GoesOnAfterTheTimeoutOfItsRequest()
    {
        using var semaphore = new SemaphoreSlim(1);
        _handler = async (_, value, call) =>
        {
            await semaphore.WaitAsync(Token);
            if (value == 1)
            {
                await AskAsync(1);
            }

            semaphore.Release();
            Step($"ends {value}");
            await call.Complete();
        };
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.Equal(["asks 1"], await StepsAsync(1));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.False(_steps.Reader.TryPeek(out _));
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("answered 1: 7", (await StepsAsync(1))[0]);
        Assert.Equal(["ends 1", "ends 2"], (await StepsAsync(2)).Order());
    }

    [Fact]
    public async Task Handler_ThatAsksTwiceAtOnce_HasItsTurnWhenBothHaveAnswered()
    {
        _handler = (_, value, call) => call.Complete(value == 1 ? Task.WhenAll(AskAsync(1), AskAsync(1)) : WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.Equal(["asks 1", "asks 1", "begins 2"], await StepsAsync(3));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
        Receive(NamespacePacketType.Ack, 0, 1, [8]);
        Assert.False(_steps.Reader.TryPeek(out _));
        Open(2);
        Assert.Equal(["ends 2", "answered 1: 8"], await StepsAsync(2));
    }

    [Fact]
    public async Task Handler_ThatGoesOnWithoutItsAnswer_HoldsNobodyUp()
    {
        _handler = (_, value, call) => value == 1 ? call.Complete(AskAndForget()) : call.Complete(WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        ReceiveRequest(TestContract.Say, 3, 3);
        Assert.Equal(["asks 1", "begins 2"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        // It is over, so what it left behind has no turn to wait for.
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
        Open(2);
        Assert.Equal(["ends 2", "begins 3"], await StepsAsync(2));

        Task AskAndForget()
        {
            _ = AskAsync(1);
            return Task.CompletedTask;
        }
    }

    /// <summary>What a handler leaves behind is nobody else's: it must not open the turn of a handler that runs later.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_ThatAFinishedHandlerLeftBehind_GivesNobodysTurnAway(bool isLate)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler = async (_, value, call) =>
        {
            if (value > 1)
            {
                await WaitAsync(value);
            }
            else
            {
                Leave();
                await (isLate ? WaitAsync(value) : Task.CompletedTask);
            }

            await call.Complete();
        };
        ReceiveRequest(TestContract.Say, 1, 1);
        if (isLate)
        {
            Open(1);
            Assert.Equal(["begins 1", "ends 1"], await StepsAsync(2));
        }

        ReceiveRequest(TestContract.Say, 2, 2);
        ReceiveRequest(TestContract.Say, 3, 3);
        Assert.Equal(["begins 2"], await StepsAsync(1));
        left.SetResult();
        Assert.Equal(["asks 1"], await StepsAsync(1));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
        Open(2);
        Assert.Equal(["ends 2", "begins 3"], await StepsAsync(2));

        void Leave() => _ = LeaveAsync();

        async Task LeaveAsync()
        {
            await left.Task;
            await AskAsync(1);
        }
    }

    [Fact]
    public async Task End_WhileAHandlerAwaitsItsPeer_FailsIt_AndTheLastStepWaitsForIt()
    {
        _handler = async (_, value, call) =>
        {
            if (value == 1)
            {
                var exception = await Assert.ThrowsAsync<DisconnectedException>(() => AskAsync(1));
                Step($"{exception.Reason.Code}");
                await WaitAsync(1);
                return;
            }

            await WaitAsync(value);
            await call.Complete();
        };
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.Equal(["asks 1", "begins 2"], await StepsAsync(2));
        _channel.End(new TransportClose());
        _channel.Finish(() =>
        {
            Step("last");
            return default;
        });
        Open(2);
        Assert.Equal(["ends 2", "TransportClose", "begins 1"], await StepsAsync(3));
        Open(1);
        Assert.Equal(["ends 1", "last"], await StepsAsync(2));
    }

    [Fact]
    public async Task CallbackContext_HandlerThatAwaitsItsPeer_LetsTheNextBeginThere()
    {
        var context = new ManualContext();
        _channel = Start(s_options, context);
        _handler = (_, value, call) => call.Complete(value == 1 ? AskAsync(1) : WaitAsync(value));
        ReceiveRequest(TestContract.Say, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.False(_steps.Reader.TryPeek(out _));
        context.RunAll();
        Assert.Equal(["asks 1", "begins 2"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Open(2);
        Assert.Equal(["ends 2"], await StepsAsync(1));
        context.RunAll();
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
    }

    [Fact]
    public async Task ConcurrentEvents_BeginInOrder_UpToTheLimit_AndSerialOnesWaitForNoneOfThem()
    {
        _channel = Start(s_options, shape: s_concurrent);
        _handler = (_, value, call) => call.Complete(WaitAsync(value));
        ReceiveRequest(TestContract.Add, 1, 1);
        ReceiveRequest(TestContract.Say, 2, 2);
        ReceiveRequest(TestContract.Add, 3, 3);
        Assert.Equal(["begins 1", "begins 2"], await StepsAsync(2));
        Open(2);
        Assert.Equal(["ends 2", "begins 3"], await StepsAsync(2));
        ReceiveRequest(TestContract.Add, 4, 4);
        ReceiveRequest(TestContract.Say, 5, 5);
        // Two of two run.
        Assert.False(_steps.Reader.TryPeek(out _));
        Open(1);
        Assert.Equal(["ends 1", "begins 4", "begins 5"], await StepsAsync(3));
        Open(5);
        Open(4);
        Open(3);
        Assert.Equal(["ends 5", "ends 4", "ends 3"], await StepsAsync(3));
        Assert.Equal(["Ack 0 2 ", "Ack 0 1 ", "Ack 0 5 ", "Ack 0 4 ", "Ack 0 3 "], _host.Sent);
        // Everything is as if nothing had been: the next is dispatched at once.
        Assert.True(_channel.WhenDrainedAsync().IsCompleted);
        ReceiveRequest(TestContract.Say, 6, 6);
        Assert.Equal(["begins 6"], await StepsAsync(1));
    }

    [Fact]
    public async Task ConcurrentHandlers_ThatAwaitTheirPeer_DoNotCount()
    {
        _channel = Start(s_options, shape: s_concurrent);
        _handler = (_, value, call) => call.Complete(value < 4 ? AskAsync(value) : WaitAsync(value));
        for (var value = 1; value <= 6; value++)
        {
            ReceiveRequest(TestContract.Add, (uint)value, value);
        }

        Assert.Equal(["asks 1", "asks 2", "asks 3", "begins 4", "begins 5"], (await StepsAsync(5)).Order());
        Assert.False(_steps.Reader.TryPeek(out _));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(["answered 1: 7"], await StepsAsync(1));
        Open(4);
        Assert.Equal(["ends 4", "begins 6"], await StepsAsync(2));
    }

    [Fact]
    public async Task KeyedEvents_OfOneKey_RunOneAfterTheOther_AcrossEvents_AndOthersBesideThem()
    {
        _channel = Start(s_options with { MaxConcurrentHandlers = 8 }, shape: s_keyed);
        _handler = (_, value, call) => call.Complete(WaitAsync(value));
        // The last digit is the key.
        ReceiveRequest(TestContract.Add, 1, 11);
        ReceiveRequest(TestContract.Say, 2, 21);
        ReceiveRequest(TestContract.Add, 3, 12);
        ReceiveRequest(TestContract.Add, 4, 31);
        ReceiveRequest(TestContract.Add, 5, 22);
        Assert.Equal(["begins 11", "begins 12"], await StepsAsync(2));
        Open(11);
        Assert.Equal(["ends 11", "begins 21"], await StepsAsync(2));
        Open(12);
        Assert.Equal(["ends 12", "begins 22"], await StepsAsync(2));
        Open(22);
        Open(21);
        Assert.Equal(["ends 22", "ends 21", "begins 31"], await StepsAsync(3));
        Open(31);
        Assert.Equal(["ends 31"], await StepsAsync(1));
    }

    [Fact]
    public async Task KeyedHandler_ThatAwaitsItsPeer_LetsTheNextOfItsKeyBegin_AndWaitsForIt()
    {
        _channel = Start(s_options, shape: s_keyed);
        _handler = (_, value, call) => call.Complete(value == 11 ? AskAsync(11) : WaitAsync(value));
        ReceiveRequest(TestContract.Add, 1, 11);
        ReceiveRequest(TestContract.Add, 2, 21);
        ReceiveRequest(TestContract.Add, 3, 31);
        Assert.Equal(["asks 11", "begins 21"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.False(_steps.Reader.TryPeek(out _));
        Open(21);
        Assert.Equal(["ends 21", "answered 11: 7", "begins 31"], await StepsAsync(3));
    }

    [Fact]
    public async Task KeyedEvents_ThatWaitForTheirKey_CountInTheQueue_AndAgainstTheLimit()
    {
        _channel = Start(s_options, shape: s_keyed);
        _handler = (_, value, call) => call.Complete(WaitAsync(value));
        ReceiveRequest(TestContract.Add, 1, 11);
        for (var ackId = 2u; !_channel.IsFull; ackId++)
        {
            Assert.InRange(ackId, 2u, 7u);
            ReceiveRequest(TestContract.Add, ackId, (int)(ackId * 10) + 1);
        }

        var drained = _channel.WhenDrainedAsync();
        Open(11);
        await drained.WaitAsync(s_patience, Token);
        Assert.Equal(["begins 11", "ends 11", "begins 21"], await StepsAsync(3));
    }

    [Fact]
    public async Task Finish_WaitsForHandlersThatNobodyWaitsFor()
    {
        _channel = Start(s_options, shape: s_concurrent);
        _handler = (_, value, call) => call.Complete(WaitAsync(value));
        ReceiveRequest(TestContract.Add, 1, 1);
        _channel.End(new TransportClose());
        _channel.Finish(() =>
        {
            Step("last");
            return default;
        });
        Assert.Equal(["begins 1"], await StepsAsync(1));
        Assert.False(_steps.Reader.TryPeek(out _));
        Open(1);
        Assert.Equal(["ends 1", "last"], await StepsAsync(2));
    }

    [Fact]
    public void KeyedEvent_WhoseKeyCannotBeRead_IsAParseErrorInItsTurn()
    {
        var gate = new TaskCompletionSource();
        _channel = Start(s_options, shape: s_keyed);
        _handler = (_, _, _) => new ValueTask(gate.Task);
        ReceiveEvent(TestContract.Say, 1);
        Receive(NamespacePacketType.Event, TestContract.Say, null, [0xc0]);
        Assert.IsType<ParseError>(Assert.Single(_host.Closed));
        gate.SetResult();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private void Step(string step) => _steps.Writer.TryWrite(step);

    private void Open(int value) => Gate(value).SetResult();

    private TaskCompletionSource Gate(int value)
    {
        lock (_gates)
        {
            return _gates.TryGetValue(value, out var gate) ? gate : _gates[value] = new TaskCompletionSource();
        }
    }

    private async Task WaitAsync(int value)
    {
        Step($"begins {value}");
        await Gate(value).Task.ConfigureAwait(false);
        Step($"ends {value}");
    }

    private async Task AskAsync(int value, EventChannel? channel = null)
    {
        Step($"asks {value}");
        var answer = await (channel ?? _channel).Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(value), CancellationToken.None).ConfigureAwait(false);
        Step($"answered {value}: {answer}");
    }

    private async Task<string[]> StepsAsync(int count)
    {
        var steps = new string[count];
        for (var index = 0; index < count; index++)
        {
            steps[index] = await _steps.Reader.ReadAsync(Token).AsTask().WaitAsync(s_patience, Token);
        }

        return steps;
    }
}

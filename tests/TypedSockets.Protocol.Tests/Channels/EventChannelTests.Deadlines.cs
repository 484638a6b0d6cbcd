using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed partial class EventChannelTests
{
    private static readonly ContractShape s_limited = TestContract.Shape with { ClientEvents = [new EventShape("Ask", 3) { Timeout = TimeSpan.FromMilliseconds(1500.2) }, new EventShape("Said", 4)] };

    [Fact]
    public async Task Request_OfAnEventWithATimeout_TellsThePeer_AndTheExceptionNamesIt()
    {
        _channel = Start(s_options, shape: s_limited);
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        // The deadline's key, its length and 1,501 milliseconds.
        Assert.Equal(["Context 0  0102dd0b", "Request 0 0 9105"], _host.Sent);
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => answer.AsTask());
        Assert.Equal("Event 'ITest.Ask' was not answered within 1.5 s (TimeoutSeconds of the event).", exception.Message);
        Assert.Equal("Cancel 0 0 ", _host.Sent[^1]);
    }

    [Fact]
    public async Task Request_WithATimeoutOfItsOwn_CountsMoreThanTheEventsAndTheOptions()
    {
        _channel = Start(s_options, shape: s_limited);
        var limited = _channel.WithTimeout(TimeSpan.FromSeconds(90)).WithTimeout(TimeSpan.FromSeconds(60));
        var answer = limited.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        var done = limited.Request(TestContract.Ask, new IntArguments(6), CancellationToken.None);
        limited.Send(TestContract.Said, new IntArguments(7));
        Assert.Equal(["Context 0  0103e0d403", "Request 0 0 9105", "Context 0  0103e0d403", "Request 0 1 9106", "Event 1  9107"], _host.Sent);
        _host.Time.Advance(TimeSpan.FromSeconds(59));
        Receive(NamespacePacketType.Ack, 0, 1, []);
        await done;
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.EndsWith("within 60 s (WithTimeout).", (await Assert.ThrowsAsync<TimeoutException>(() => answer.AsTask())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithNoLimit_TellsThePeerNone()
    {
        _channel = Start(s_options, shape: s_limited);
        var answer = _channel.WithTimeout(Timeout.InfiniteTimeSpan).Request(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Assert.Equal(["Request 0 0 9105"], _host.Sent);
        _host.Time.Advance(TimeSpan.FromDays(20));
        Receive(NamespacePacketType.Ack, 0, 0, []);
        await answer;
    }

    [Fact]
    public async Task Deadline_CancelsTheHandlersToken()
    {
        var cancelled = new TaskCompletionSource();
        _handler = async (_, _, call) =>
        {
            await using var registration = call.CancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            await call.Complete(Task.FromCanceled(call.CancellationToken));
        };
        Assert.True(_channel.TryLimit(9, TimeSpan.FromSeconds(5)));
        ReceiveRequest(TestContract.Say, 9, 1);
        _host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(cancelled.Task.IsCompleted);
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Deadline_OfAnAnsweredRequest_IsTakenBack()
    {
        Assert.True(_channel.TryLimit(9, TimeSpan.FromDays(40)));
        Assert.Equal(1, _host.Wheel.Count);
        // A peer that says it twice gets one.
        Assert.True(_channel.TryLimit(9, TimeSpan.FromSeconds(5)));
        ReceiveRequest(TestContract.Say, 9, 1);
        Assert.Equal(0, _host.Wheel.Count);
        Assert.Equal(["Ack 0 9 "], _host.Sent);
    }

    [Fact]
    public void Deadline_ThatPassesBeforeTheTurn_KeepsTheRequestFromBeingHandled()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, value, call) =>
        {
            _handled.Add($"{value}");
            return call.Complete(gate.Task);
        };
        ReceiveRequest(TestContract.Say, 1, 1);
        Assert.True(_channel.TryLimit(2, TimeSpan.FromSeconds(5)));
        ReceiveRequest(TestContract.Say, 2, 2);
        ReceiveRequest(TestContract.Say, 3, 3);
        _host.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(_host.Sent);
        gate.SetResult();
        Assert.Equal(["1", "3"], _handled);
        Assert.Equal(["Ack 0 1 ", "Fault 0 2 9201c0", "Ack 0 3 "], _host.Sent);
    }

    [Fact]
    public void Deadline_OfNothing_IsOverAtOnce()
    {
        Assert.False(_channel.TryLimit(9, TimeSpan.Zero));
        Assert.Equal(["Fault 0 9 9201c0"], _host.Sent);
    }

    [Fact]
    public void Deadlines_OfAChannelThatEnds_AreTakenBack()
    {
        var gate = new TaskCompletionSource();
        _handler = (_, _, _) => new ValueTask(gate.Task);
        ReceiveEvent(TestContract.Say, 1);
        Assert.True(_channel.TryLimit(9, TimeSpan.FromSeconds(5)));
        ReceiveRequest(TestContract.Say, 9, 1);
        Assert.Equal(1, _host.Wheel.Count);
        _channel.End(new TransportClose());
        Assert.Equal(0, _host.Wheel.Count);
        Assert.True(_channel.TryLimit(10, TimeSpan.FromSeconds(5)));
        Assert.Equal(0, _host.Wheel.Count);
    }
}

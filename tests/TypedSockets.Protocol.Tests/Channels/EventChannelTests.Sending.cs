using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed partial class EventChannelTests
{
    [Fact]
    public void Send_WritesTheEvent()
    {
        _channel.Send(TestContract.Said, new IntArguments(5));
        Assert.Equal(["Event 1  9105"], _host.Sent);
    }

    [Fact]
    public void SendLatest_ToAPeerThatKeepsUp_IsSent_AndOtherwiseWaitsUnderItsKey()
    {
        _channel.SendLatest(TestContract.Said, new KeyedArguments("k", 5));
        _host.IsBehind = true;
        _channel.SendLatest(TestContract.Said, new KeyedArguments("k", 6));
        Assert.Equal(["Event 1  92a16b05"], _host.Sent);
        // The namespace's number, the event's, and the key arguments.
        Assert.Equal(["030191a16b"], _host.Conflated);
    }

    [Fact]
    public void SendDroppable_ToAPeerThatKeepsUp_IsSent_AndOtherwiseDropped()
    {
        _channel.SendDroppable(TestContract.Said, new IntArguments(5));
        _host.IsBehind = true;
        _channel.SendDroppable(TestContract.Said, new IntArguments(6));
        Assert.Equal(["Event 1  9105"], _host.Sent);
        Assert.Equal(1, _host.Dropped);
    }

    [Fact]
    public void SendLatestAndDroppable_LargerThanThePeerAccepts_FailEvenIfThePeerIsBehind()
    {
        _host.IsBehind = true;
        _host.MaxPacketBytes = 6;
        Assert.Throws<PayloadTooLargeException>(() => _channel.SendLatest(TestContract.Said, new KeyedArguments("a long key", 5)));
        Assert.Throws<PayloadTooLargeException>(() => _channel.SendDroppable(TestContract.Said, new KeyedArguments("a long key", 5)));
        Assert.Empty(_host.Conflated);
    }

    [Fact]
    public async Task Request_IsAnswered()
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Assert.Equal(["Request 0 0 9105"], _host.Sent);
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Assert.Equal(7, await answer);
    }

    /// <summary>The peer's build may return a value where this one expects none.</summary>
    [Fact]
    public async Task Acknowledgement_WithAValue_IsOne()
    {
        var done = _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        await done;
    }

    [Theory]
    [InlineData("9200c0", RemoteFault.HandlerFailed, null)]
    [InlineData("9200a178", RemoteFault.HandlerFailed, "x")]
    [InlineData("9201c0", RemoteFault.Canceled, null)]
    [InlineData("9302c0c3", RemoteFault.ResultTooLarge, null)]
    public async Task Fault_FailsTheRequest(string hex, RemoteFault fault, string? detail)
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Receive(NamespacePacketType.Fault, 0, 0, Convert.FromHexString(hex));
        var exception = await Assert.ThrowsAsync<RemoteException>(() => answer.AsTask());
        Assert.Equal(("ITest.Ask", fault, detail), (exception.Event, exception.Fault, exception.Detail));
    }

    [Theory]
    [InlineData(NamespacePacketType.Ack, "a178", "The result of 'ITest.Ask'")]
    [InlineData(NamespacePacketType.Ack, "", "The result of 'ITest.Ask'")]
    [InlineData(NamespacePacketType.Fault, "a178", "The fault of 'ITest.Ask'")]
    [InlineData(NamespacePacketType.Fault, "92", "The fault of 'ITest.Ask'")]
    public async Task Answer_ThatCannotBeRead_EndsTheSessionAndFailsTheCaller(object type, string hex, string what)
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        var exception = Assert.Throws<PacketException>(() => Receive((NamespacePacketType)type, 0, 0, Convert.FromHexString(hex)));
        Assert.StartsWith(what, Assert.IsType<ParseError>(exception.Reason).Detail, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PayloadException>(() => answer.AsTask());
    }

    [Theory]
    [InlineData(NamespacePacketType.Ack)]
    [InlineData(NamespacePacketType.Fault)]
    [InlineData(NamespacePacketType.Cancel)]
    public void Answer_ToNothing_IsIgnored(object type)
    {
        Receive((NamespacePacketType)type, 0, 5, [0xc1]);
        Assert.Empty(_host.Sent);
        Assert.Empty(_host.Closed);
    }

    [Fact]
    public async Task Request_GivenUp_TellsThePeerAndIgnoresTheAnswer()
    {
        using var source = new CancellationTokenSource();
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => answer.AsTask());
        Assert.Equal(["Request 0 0 9105", "Cancel 0 0 "], _host.Sent);
        Receive(NamespacePacketType.Ack, 0, 0, [0xc1]);
        Assert.Empty(_host.Closed);
    }

    [Fact]
    public void Request_WithACancelledToken_SendsNothing()
    {
        Assert.Throws<OperationCanceledException>(() => { _ = _channel.Request(TestContract.Ask, new IntArguments(5), new CancellationToken(canceled: true)).AsTask(); });
        Assert.Empty(_host.Sent);
    }

    [Fact]
    public async Task Request_NotAnsweredInTime_TimesOut()
    {
        var answer = _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("RequestTimeout", (await Assert.ThrowsAsync<TimeoutException>(() => answer.AsTask())).Message, StringComparison.Ordinal);
        Assert.Equal("Cancel 0 0 ", _host.Sent[^1]);
    }

    [Fact]
    public async Task Request_WithoutATimeout_WaitsForGood()
    {
        _channel = Start(s_options with { RequestTimeout = Timeout.InfiniteTimeSpan });
        var answer = _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None).AsTask();
        _host.Time.Advance(TimeSpan.FromDays(10));
        Assert.False(answer.IsCompleted);
        Receive(NamespacePacketType.Ack, 0, 0, []);
        await answer;
    }

    [Fact]
    public async Task End_FailsWhatWaits_AndWhatIsSentLater()
    {
        var answer = _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        var reason = new ClientDisconnect();
        _channel.End(reason);
        _channel.End(new TransportClose());
        Assert.Same(reason, _channel.Ended);
        Assert.Same(reason, (await Assert.ThrowsAsync<DisconnectedException>(() => answer.AsTask())).Reason);
        Assert.Same(reason, Assert.Throws<NotConnectedException>(() => _channel.Send(TestContract.Said, new IntArguments(5))).Reason);
        Assert.Single(_host.Sent);
    }

    [Fact]
    public async Task Event_LargerThanThePeerAccepts_IsNotSent_AndItsNumberIsFree()
    {
        var text = new string('x', 1_000);
        var exception = Assert.Throws<PayloadTooLargeException>(() => _channel.Send(TestContract.Said, new TextArguments(text)));
        Assert.Equal(("ITest.Said", 1_000L), (exception.Event, exception.Limit));
        Assert.Throws<PayloadTooLargeException>(() => { _ = _channel.Request(TestContract.Ask, new TextArguments(text), CancellationToken.None).AsTask(); });
        Assert.Empty(_host.Sent);
        Assert.Equal(0, _host.Wheel.Count);
        var answer = _channel.Request(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Assert.Equal(["Request 0 0 9105"], _host.Sent);
        Receive(NamespacePacketType.Ack, 0, 0, []);
        await answer;
    }

    [Fact]
    public void Event_ThatThePeerLacks_IsNotSent()
    {
        var numbers = EventNumbers.Mapped(
            TestContract.Namespace, TestContract.Shape, EventMap.Compare(TestContract.Shape, TestContract.Shape with { ServerEvents = [new EventShape("Say", 2)] }));
        var client = new EventChannel(_host, Side.Client, TestContract.Shape, numbers, s_options, callbackContext: null);
        client.Send(TestContract.Say, new IntArguments(5));
        Assert.Equal("ITest.Add", Assert.Throws<EventNotSupportedException>(() => client.Send(TestContract.Add, new IntArguments(5))).Event);
        Assert.Equal(["Event 0  9105"], _host.Sent);
    }
}

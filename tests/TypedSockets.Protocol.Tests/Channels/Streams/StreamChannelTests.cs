using System.Collections.Concurrent;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Channels.Streams;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Channels.Streams;

/// <summary>The packets of streams, at the server's end of a channel: what is sent when, what may come, and what may not.</summary>
public sealed class StreamChannelTests : IDisposable
{
    private const uint Ack = 9;

    private readonly TestHost _host = new();
    private readonly StreamDispatcher _dispatcher = new();
    private readonly EventChannel _channel;

    public StreamChannelTests()
    {
        var options = new ChannelOptions(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 10_000, 16, DetailedErrors: false) { Streams = new StreamOptions(2, 1_024, 2) };
        _channel = new EventChannel(
            _host, Side.Server, StreamContract.Shape, EventNumbers.Identical(TestContract.Namespace, StreamContract.Shape, Side.Server, ContractAgreement.Identical), options, null);
        _channel.Start(_dispatcher, null);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is sent after a request with number 9 that has an open stream 1 of two items.</summary>
    public static TheoryData<string, string[]> Violations { get; } = new()
    {
        { "an item of a stream that the event does not take", ["0a 09 02 05"] },
        { "an item of a stream of a huge number", ["0a 09 ffffffff0f 05"] },
        { "more items than were asked for, one of which was read", ["0a 09 01 05", "0a 09 01 05", "0a 09 01 05", "0a 09 01 05"] },
        { "an item behind the end", ["0b 09 01", "0a 09 01 05"] },
        { "a second end", ["0b 09 01", "0b 09 01"] },
        { "the end of a result, which is its answer", ["0b 09 00"] },
        { "the cancellation of a result, which is that of the request", ["0d 09 00"] },
        { "an item of a result that nobody asked for", ["0a 09 00 05"] },
        { "a second request of the number", ["05 02 09 9105"] },
        { "more credit than there can be", ["0c 09 00 ffffffff07 01", "0c 09 00 01 01"] },
        { "more bytes of credit than there can be", ["0c 09 00 01 ffffffff0f"] },
    };

    /// <inheritdoc cref="Violations"/>
    public static TheoryData<string, string> Unreadable { get; } = new()
    {
        { "an item of another type", "0a 09 01 a178" },
        { "an item that is cut short", "0a 09 01 cd01" },
        { "an item with more behind it", "0a 09 01 0505" },
        { "no item", "0a 09 01" },
        { "an end that is no fault", "0b 09 01 05" },
        { "an end with half a fault", "0b 09 01 92" },
        { "credit of nothing", "0c 09 00" },
        { "credit of items alone", "0c 09 00 05" },
        { "credit with more behind it", "0c 09 00 050505" },
        { "credit beyond 32 bits", "0c 09 00 05ffffffff7f" },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Violations))]
    public void Packet_ThatMayNotBeSent_EndsTheSession(string what, string[] packets)
    {
        Open();
        foreach (var packet in packets[..^1])
        {
            Receive(packet);
        }

        Assert.True(Assert.Throws<PacketException>(() => Receive(packets[^1])).Reason is ForcedClose, what);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Packet_ThatCannotBeRead_EndsTheSession(string what, string packet)
    {
        Open();
        Assert.True(Assert.Throws<PacketException>(() => Receive(packet)).Reason is ParseError, what);
    }

    /// <summary>What may cross with the end of a stream or a request is let be.</summary>
    [Theory]
    [InlineData("0a 07 01 05")]
    [InlineData("0b 07 01")]
    [InlineData("0b 07 01 9201c0")]
    [InlineData("0c 07 00 0505")]
    [InlineData("0c 07 01 0505")]
    [InlineData("0d 07 01")]
    [InlineData("08 07")]
    public void Packet_OfARequestThatIsOver_IsLetBe(string packet)
    {
        _dispatcher.OnSum = (_, _) => new ValueTask<int>(7);
        Receive("05 02 07 9105");
        Receive(packet);
        Assert.Equal(["Ack 0 7 07"], _host.Sent);
        Assert.Empty(_host.Closed);
    }

    [Theory]
    [InlineData("0a 07 01 05")]
    [InlineData("0a 07 00 05")]
    public void Item_WhereThereWasNoStreamEver_EndsTheSession(string packet) => Assert.IsType<ForcedClose>(Assert.Throws<PacketException>(() => Receive(packet)).Reason);

    /// <summary>Another build of the contract may have more streams, or fewer: those that this end does not take it never asks for, and those that it does not send are empty.</summary>
    [Fact]
    public async Task Streams_ThatOneBuildAloneHas_AreLetBeOrEmpty()
    {
        Open();
        Receive("0b 09 02 9201c0");
        Assert.Single(_host.Sent);
        var asked = _channel.Request<IntArguments, int, IntCodec>(StreamContract.Ask, new IntArguments(5), Cancellation).AsTask();
        Receive("0c 00 01 0505");
        var fed = _channel.Request<IntArguments, int, IntCodec>(StreamContract.Feed, new IntArguments(5), [StreamSource.Of<int, IntCodec>(AsyncEnumerable.Range(0, 3))], Cancellation).AsTask();
        Receive("0c 01 02 0505");
        Receive("0d 01 02");
        Receive("06 00 05");
        Receive("06 01 06");
        Assert.Equal((5, 6), (await asked, await fed));
        Assert.Equal(["Request 0 0 9105", "StreamEnd 1 0 ", "Request 1 1 9105", "StreamEnd 2 1 ", "StreamEnd 1 1 9201c0"], _host.Sent[1..]);
    }

    [Fact]
    public void Event_WithStreams_ThatWantsNoAnswer_IsLetBe()
    {
        Receive("04 00 9105");
        Receive("04 02 9105");
        Assert.Empty(_host.Sent);
    }

    [Fact]
    public async Task Argument_IsAskedForWhenItIsRead_AndAgainAsItIs()
    {
        var read = new TaskCompletionSource<IAsyncEnumerator<int>>();
        _dispatcher.OnSum = async (numbers, _) =>
        {
            read.SetResult(numbers.GetAsyncEnumerator(Cancellation));
            await Task.Delay(Timeout.Infinite, Cancellation);
            return 0;
        };
        Receive("05 02 09 9105");
        Assert.Empty(_host.Sent);
        var numbers = await read.Task;
        var first = numbers.MoveNextAsync().AsTask();
        Assert.Equal(["StreamCredit 1 9 028008"], _host.Sent);
        Receive("0a 09 01 05");
        Assert.True(await first);
        Assert.Equal(5, numbers.Current);
        Assert.Equal(["StreamCredit 1 9 028008", "StreamCredit 1 9 0101"], _host.Sent);
        await numbers.DisposeAsync();
        Assert.Equal("StreamCancel 1 9 ", _host.Sent[^1]);

        // What was on its way is dropped, and what was not asked for is a violation all the same.
        Receive("0a 09 01 05");
        Receive("0a 09 01 05");
        Assert.Throws<PacketException>(() => Receive("0a 09 01 05"));
    }

    [Fact]
    public async Task Argument_ReadTwice_Throws()
    {
        var failure = new TaskCompletionSource<Exception>();
        _dispatcher.OnSum = (numbers, _) =>
        {
            var first = numbers.GetAsyncEnumerator(Cancellation);
            Assert.NotNull(first);
            failure.SetResult(Assert.Throws<InvalidOperationException>(() => numbers.GetAsyncEnumerator(Cancellation)));
            return new ValueTask<int>(1);
        };
        Receive("05 02 09 9105");
        Assert.Equal("Stream 1 of 'ITest.Sum' has been read: its items come once.", (await failure.Task).Message);
        Assert.Equal(["Ack 0 9 01"], _host.Sent);
    }

    /// <summary>The peer ends what it sends when it has the answer, and uses the number again behind that.</summary>
    [Fact]
    public void Answer_FreesTheNumber()
    {
        _dispatcher.OnSum = (_, _) => new ValueTask<int>(7);
        Receive("05 02 09 9105");
        Assert.Equal(["Ack 0 9 07"], _host.Sent);
        Receive("0b 09 01 9201c0");
        Receive("05 02 09 9105");
        Assert.Equal(["Ack 0 9 07", "Ack 0 9 07"], _host.Sent);
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_AreRefused()
    {
        _dispatcher.OnCount = count => AsyncEnumerable.Range(0, count);
        _dispatcher.OnSum = (_, _) => new ValueTask<int>(7);
        Receive("05 00 01 9100");
        Receive("05 00 02 9100");
        Receive("05 02 03 9105");
        Assert.StartsWith("Fault 0 3 9209", Assert.Single(_host.Sent), StringComparison.Ordinal);
        Receive("0b 03 01 9201c0");
        Receive("0c 01 00 0505");
        await _host.WaitForSentAsync(2);
        Receive("05 02 03 9105");
        Assert.Equal(["Ack 0 1 ", "Ack 0 3 07"], _host.Sent[1..]);
    }

    [Fact]
    public async Task Result_IsProducedAsItIsAskedFor_AndItsEndIsTheAnswer()
    {
        var produced = 0;
        _dispatcher.OnCount = Numbers;
        Receive("05 00 09 9105");
        Assert.Equal(0, produced);
        Receive("0c 09 00 028008");
        await _host.WaitForSentAsync(2);
        Assert.Equal(["StreamItem 0 9 00", "StreamItem 0 9 01"], _host.Sent);
        Receive("0c 09 00 8080048008");
        await _host.WaitForSentAsync(6);
        Assert.Equal(["StreamItem 0 9 02", "StreamItem 0 9 03", "StreamItem 0 9 04", "Ack 0 9 "], _host.Sent[2..]);
        Assert.Equal(5, produced);

        async IAsyncEnumerable<int> Numbers(int count)
        {
            for (var number = 0; number < count; number++)
            {
                produced++;
                yield return number;
                await Task.CompletedTask;
            }
        }
    }

    /// <summary>A handler of a user interface may touch it while it streams.</summary>
    [Fact]
    public void Result_WhereHandlersHaveAContext_IsProducedInIt()
    {
        var context = new QueueContext();
        using var host = new TestHost();
        var numbers = EventNumbers.Identical(TestContract.Namespace, StreamContract.Shape, Side.Server, ContractAgreement.Identical);
        var options = new ChannelOptions(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 10_000, 16, false);
        var channel = new EventChannel(host, Side.Server, StreamContract.Shape, numbers, options, context);
        List<bool> isInContext = [];
        _dispatcher.OnCount = Numbers;
        channel.Start(_dispatcher, null);
        Receive("05 00 09 9104", channel);
        Receive("0c 09 00 028008", channel);
        context.RunUntil(() => host.Sent.Count == 2);
        Receive("0c 09 00 058008", channel);
        context.RunUntil(() => host.Sent.Count == 5);
        Assert.Equal("Ack 0 9 ", host.Sent[^1]);
        Assert.Equal(Enumerable.Repeat(true, 9), isInContext);

        async IAsyncEnumerable<int> Numbers(int count)
        {
            isInContext.Add(SynchronizationContext.Current == context);
            for (var number = 0; number < count; number++)
            {
                isInContext.Add(SynchronizationContext.Current == context);
                await Task.Yield();
                isInContext.Add(SynchronizationContext.Current == context);
                yield return number;
            }
        }
    }

    /// <summary>A connection that has enough to send holds streams back, and loses nothing.</summary>
    [Fact]
    public async Task Result_ThatFindsNoRoom_WaitsForIt()
    {
        _host.Room = 0;
        _dispatcher.OnCount = count => AsyncEnumerable.Range(0, count);
        Receive("05 00 09 9102");
        Receive("0c 09 00 058008");
        _host.Room = int.MaxValue;
        _host.Emptied.SetResult();
        await _host.WaitForSentAsync(3);
        Assert.Equal(["StreamItem 0 9 00", "StreamItem 0 9 01", "Ack 0 9 "], _host.Sent);
    }

    [Fact]
    public async Task Result_ThatFindsNoRoom_IsCancelledAllTheSame()
    {
        _host.Room = 0;
        _dispatcher.OnCount = count => AsyncEnumerable.Range(0, count);
        Receive("05 00 09 9102");
        Receive("0c 09 00 058008");
        Receive("08 09");
        await _host.WaitForSentAsync(1);
        Assert.Equal(["Fault 0 9 9201c0"], _host.Sent);
    }

    /// <summary>Credit comes right behind the request, which may have to wait for its turn; so does a cancellation.</summary>
    [Fact]
    public async Task CreditAndCancellation_OfARequestThatWaits_AreKept()
    {
        var gate = new TaskCompletionSource();
        _dispatcher.OnSay = _ => new ValueTask(gate.Task);
        _dispatcher.OnCount = count => AsyncEnumerable.Range(0, count);
        Receive("04 01 9100");
        Receive("05 00 07 9102");
        Receive("0c 07 00 058008");
        Receive("05 00 08 9102");
        Receive("0c 08 00 058008");
        Receive("08 08");
        Receive("05 02 0a 9102");
        Receive("0b 0a 01 9201c0");
        Receive("08 0a");
        Assert.Empty(_host.Sent);
        gate.SetResult();
        await _host.WaitForSentAsync(5);
        Assert.Equal(["StreamItem 0 7 00", "StreamItem 0 7 01", "Ack 0 7 "], _host.Sent.Where(sent => sent.Contains(" 7 ", StringComparison.Ordinal)));
        Assert.Contains("Fault 0 8 9201c0", _host.Sent);
        Assert.Contains("Fault 0 10 9201c0", _host.Sent);
    }

    [Fact]
    public async Task Request_ForAStream_AsksForItemsAndEndsWithTheAnswer()
    {
        await using var numbers = _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation);
        var first = numbers.MoveNextAsync().AsTask();
        Assert.Equal(["Request 2 0 9105", "StreamCredit 0 0 028008"], _host.Sent);
        Receive("0a 00 00 05");
        Assert.True(await first);
        Receive("0a 00 00 06");
        Receive("06 00");
        Assert.True(await numbers.MoveNextAsync());
        Assert.Equal(6, numbers.Current);
        Assert.False(await numbers.MoveNextAsync());
        Assert.Throws<PacketException>(() => Receive("0a 00 00 07"));
    }

    [Fact]
    public async Task Request_ForAStream_ThatIsAnsweredWithAValue_EndsTheSession()
    {
        await using var numbers = _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation);
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => Receive("06 00 05")).Reason);
        await Assert.ThrowsAsync<PayloadException>(async () => await numbers.MoveNextAsync());
    }

    /// <summary>The number of a stream that was left is free when the answer has come, and not before; what still comes for it is dropped.</summary>
    [Fact]
    public async Task Request_ForAStream_ThatIsLeft_IsCancelledAndItsNumberFreeWithTheAnswer()
    {
        var numbers = _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation);
        _ = numbers.MoveNextAsync().AsTask();
        await numbers.DisposeAsync();
        Assert.Equal("Cancel 0 0 ", _host.Sent[^1]);
        Receive("0a 00 00 05");
        await _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation).DisposeAsync();
        Assert.Equal(["Request 2 1 9105", "Cancel 0 1 "], _host.Sent[^2..]);
        Receive("07 00 9201c0");
        await _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation).DisposeAsync();
        Assert.Equal("Request 2 0 9105", _host.Sent[^2]);
    }

    [Fact]
    public async Task Item_ForARequestThatIsNotAnsweredWithAStream_EndsTheSession()
    {
        var asked = _channel.Request<IntArguments, int, IntCodec>(StreamContract.Ask, new IntArguments(5), Cancellation).AsTask();
        Assert.IsType<ForcedClose>(Assert.Throws<PacketException>(() => Receive("0a 00 00 05")).Reason);
        Receive("06 00 05");
        Assert.Equal(5, await asked);
    }

    [Fact]
    public async Task Argument_OfARequest_IsSentAsItIsAskedForAndEnded()
    {
        var fed = _channel.Request<IntArguments, int, IntCodec>(StreamContract.Feed, new IntArguments(5), [StreamSource.Of<int, IntCodec>(AsyncEnumerable.Range(0, 3))], Cancellation).AsTask();
        Assert.Equal(["Request 1 0 9105"], _host.Sent);
        Receive("0c 00 01 028008");
        await _host.WaitForSentAsync(3);
        Receive("0c 00 01 028008");
        await _host.WaitForSentAsync(5);
        Assert.Equal(["StreamItem 1 0 00", "StreamItem 1 0 01", "StreamItem 1 0 02", "StreamEnd 1 0 "], _host.Sent[1..]);
        Receive("0c 00 01 0505");
        Receive("06 00 08");
        Assert.Equal(8, await fed);
        Assert.Equal(5, _host.Sent.Count);
    }

    [Fact]
    public async Task Argument_OfARequestThatIsAnswered_IsEndedBeforeItsNumberIsUsedAgain()
    {
        var source = StreamSource.Of<int, IntCodec>(AsyncEnumerable.Range(0, 3));
        var fed = _channel.Request(StreamContract.Feed, new IntArguments(5), [source], Cancellation).AsTask();
        Receive("07 00 9200c0");
        await Assert.ThrowsAsync<RemoteException>(() => fed);
        _ = _channel.Request(StreamContract.Feed, new IntArguments(5), [source], Cancellation).AsTask();
        Assert.Equal(["Request 1 0 9105", "StreamEnd 1 0 9201c0", "Request 1 0 9105"], _host.Sent);
    }

    /// <summary>The answer comes in the moment in which the source comes to its end: what is said about the number is never behind the next request that has it.</summary>
    [Fact]
    public async Task Argument_ThatEndsAsItsRequestIsAnswered_IsEndedBeforeItsNumberIsUsedAgain()
    {
        var source = StreamSource.Of<int, IntCodec>(AsyncEnumerable.Empty<int>());
        var answering = new Thread(() =>
        {
            Receive("06 00 08");
            _ = _channel.Request(StreamContract.Feed, new IntArguments(6), [source], Cancellation).AsTask();
        });
        _host.Sending = type =>
        {
            if (type is NamespacePacketType.StreamEnd)
            {
                answering.Start();
                // Either the answer has to wait for the end, or it does not, and then all that follows it comes first.
                SpinWait.SpinUntil(() => answering.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped);
            }
        };
        var fed = _channel.Request<IntArguments, int, IntCodec>(StreamContract.Feed, new IntArguments(5), [source], Cancellation).AsTask();
        Receive("0c 00 01 0505");
        Assert.Equal(8, await fed);
        await _host.WaitForSentAsync(3);
        Assert.Equal(["Request 1 0 9105", "StreamEnd 1 0 ", "Request 1 0 9106"], _host.Sent);
    }

    [Fact]
    public void Request_ThatCannotBeSent_GivesItsNumberBack()
    {
        Assert.Throws<PayloadTooLargeException>(() => { _ = _channel.OpenStream<TextArguments, int, IntCodec>(StreamContract.Watch, new TextArguments(new string('x', 2_000)), [], Cancellation); });
        Assert.Empty(_host.Sent);
        _ = _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation);
        Assert.Equal(["Request 2 0 9105"], _host.Sent);
    }

    [Fact]
    public async Task End_OfTheChannel_EndsEveryStreamWithItsReason()
    {
        var seen = new TaskCompletionSource<Exception>();
        _dispatcher.OnSum = async (numbers, _) =>
        {
            seen.SetResult(await Record.ExceptionAsync(async () => await numbers.CountAsync(CancellationToken.None)) ?? new InvalidOperationException("It ended."));
            return 0;
        };
        Receive("05 02 09 9105");
        await using var numbers = _channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation);
        Receive("0a 09 01 05");
        _channel.End(new PingTimeout(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        Assert.IsType<PingTimeout>(Assert.IsType<DisconnectedException>(await seen.Task).Reason);
        Assert.IsType<PingTimeout>((await Assert.ThrowsAsync<DisconnectedException>(async () => await numbers.MoveNextAsync())).Reason);
        await _channel.WhenStreamsEndedAsync();
    }

    /// <summary>Socket.IO has no streams: who asks for one is told so, and nothing is sent that asks for one.</summary>
    [Fact]
    public async Task SocketIO_HasNoStreams()
    {
        using var host = new TestHost { Codec = EventCodec.SocketIOText };
        var numbers = EventNumbers.Identical(TestContract.Namespace, StreamContract.Shape, Side.Server, ContractAgreement.Identical);
        var channel = new EventChannel(host, Side.Server, StreamContract.Shape, numbers, new ChannelOptions(PayloadLimits.Default, TimeSpan.FromSeconds(30), 8, 10_000, 16, false), null);
        channel.Start(_dispatcher, null);
        channel.Receive(TextPacketReader.Read("2/test,1[\"Count\",5]"u8), []);
        channel.Receive(TextPacketReader.Read("2/test,2[\"Sum\",\"what streams are not\"]"u8), []);
        channel.Receive(TextPacketReader.Read("2/test,[\"Sum\",5]"u8), []);
        Assert.Equal(
            ["43/test,1[{\"$fault\":\"NotSupported\",\"message\":\"Socket.IO has no streams.\"}]", "43/test,2[{\"$fault\":\"NotSupported\",\"message\":\"Socket.IO has no streams.\"}]"],
            host.Sent);
        Assert.Throws<EventNotSupportedException>(() => { _ = channel.OpenStream<IntArguments, int, IntCodec>(StreamContract.Watch, new IntArguments(5), [], Cancellation); });
        await Assert.ThrowsAsync<EventNotSupportedException>(async () => await channel.Request(StreamContract.Feed, new IntArguments(5), [], Cancellation));
        Assert.Equal(2, host.Sent.Count);
    }

    /// <summary>Whatever comes, it ends in a reason and never in another exception.</summary>
    [Fact]
    public void RandomPackets_EndInAReasonOrInNothing()
    {
        const int Seed = 1;
        var random = new Random(Seed);
        _dispatcher.OnCount = count => AsyncEnumerable.Range(0, Math.Min(count, 10));
        _dispatcher.OnSum = (numbers, cancellationToken) => numbers.SumAsync(cancellationToken);
        var payload = new byte[6];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(payload);
            for (var index = 0; index < payload.Length; index++)
            {
                // Mostly small, as numbers are.
                payload[index] = random.Next(4) == 0 ? payload[index] : (byte)(payload[index] & 0x03);
            }

            var type = (NamespacePacketType)random.Next((int)NamespacePacketType.Request, (int)NamespacePacketType.StreamCancel + 1);
            if (type is NamespacePacketType.Close)
            {
                continue;
            }

            byte[] arguments = [0x91, 0x05];
            var body = type is NamespacePacketType.Request ? arguments : payload[..random.Next(payload.Length)];
            try
            {
                _channel.Receive(new NamespacePacket(type, TestContract.Namespace, (uint)random.Next(3), (uint)random.Next(6), body));
            }
            catch (PacketException exception)
            {
                Assert.True(exception.Reason is ForcedClose or ParseError, exception.Reason.Description);
            }
        }

        _channel.End(new TransportClose());
    }

    /// <summary>A request with number 9 whose handler reads its stream.</summary>
    private void Open()
    {
        _dispatcher.OnSum = async (numbers, _) =>
        {
            var items = numbers.GetAsyncEnumerator(Cancellation);
            await items.MoveNextAsync();
            await Task.Delay(Timeout.Infinite, Cancellation);
            return 0;
        };
        Receive("05 02 09 9105");
        Assert.Equal([$"StreamCredit 1 {Ack} 028008"], _host.Sent);
    }

    /// <summary>A packet without its length and namespace: type, numbers and payload in hexadecimal digits.</summary>
    private void Receive(string hex) => Receive(hex, _channel);

    private static void Receive(string hex, EventChannel channel)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        ReadOnlySpan<byte> message = [(byte)(bytes.Length + 1), bytes[0], TestContract.Namespace, .. bytes.AsSpan(1)];
        var packet = Ts1Reader.Read(ref message);
        Assert.True(message.IsEmpty);
        channel.Receive(packet);
    }

    /// <summary>Runs what is posted to it on the thread of the test.</summary>
    private sealed class QueueContext : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public void RunUntil(Func<bool> isDone)
        {
            var outer = Current;
            SetSynchronizationContext(this);
            while (!isDone())
            {
                Assert.True(_posted.TryTake(out var next, TimeSpan.FromSeconds(30)), "Nothing was posted.");
                next.Callback(next.State);
            }

            SetSynchronizationContext(outer);
        }
    }
}

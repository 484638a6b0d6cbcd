using System.Globalization;
using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Tests.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed partial class ServerPollingTransportTests
{
    private const long MaxQueued = 1_000_000;

    private readonly ServerPollingTransport _transport = new(MaxQueued);
    private readonly TransportPair.RecordingPackets _packets = new();

    [Fact]
    public async Task Get_IsHeldUntilSomethingIsSent()
    {
        var get = GetAsync(1);
        Assert.False(get.IsCompleted);
        _transport.SendText("2"u8);
        Assert.Equal("2", await TextAsync(get));
    }

    /// <summary>A client that had fetched the reason of the end fetched nothing more, and the server waited for its goodbye to be fetched until the time for that was up.</summary>
    [Fact]
    public async Task Get_InTheMiddleOfWhatIsSentTogether_TakesAllOfIt()
    {
        Task<PollingResponse>? get = null;
        var fetching = new Thread(() => get = GetAsync(1));
        _transport.SendTogether(() =>
        {
            _transport.SendText("4why"u8);
            fetching.Start();
            // Either the GET has to wait, or it does not, and then it takes what is there.
            SpinWait.SpinUntil(() => fetching.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped);
            _transport.Close(CloseCode.Normal, null);
        });
        fetching.Join();
        Assert.Equal("4why\u001e1", await TextAsync(get!));
    }

    [Fact]
    public async Task Post_IsAnsweredWhenItsPacketsAreHandled()
    {
        var ready = new TaskCompletionSource();
        _packets.OnReady = () => new ValueTask(ready.Task);
        var receiving = _transport.ReceiveAsync(_packets);
        var posting = PostAsync(1, "4a\u001ebAQI=");
        var copy = _transport.Post(1, () => { });
        Assert.Equal(PollingAnswer.Join, copy);
        var joining = _transport.JoinAsync();
        ready.SetResult();
        Assert.Equal(PollingAnswer.Ok, await posting.InTime());
        Assert.Equal(PollingAnswer.Ok, await joining.InTime());
        Assert.Equal(["text 4a", "binary 0102"], _packets.Log);
        _transport.Abort();
        Assert.Null(await receiving.InTime());
    }

    /// <summary>The POST was given back its buffer while the loop still read it, when a GET broke meanwhile.</summary>
    [Fact]
    public async Task Post_IsNotAnswered_WhileItIsRead_WhateverBreaks()
    {
        using var connection = new CancellationTokenSource();
        var get = _transport.GetAsync(1, connection.Token);
        Task<PollingAnswer>? posting = null;
        var wasAnswered = true;
        _packets.OnPacket = _ =>
        {
            connection.Cancel();
            Assert.True(SpinWait.SpinUntil(() => get.IsCompleted, TimeSpan.FromSeconds(30)));
            wasAnswered = posting!.IsCompleted;
        };
        Assert.Equal(PollingAnswer.Take, _transport.Post(1, () => { }));
        posting = _transport.HandOnAsync("4a"u8.ToArray());
        var end = await _transport.ReceiveAsync(_packets).InTime();
        Assert.IsType<TransportError>(end);
        Assert.False(wasAnswered);
        Assert.Equal(PollingAnswer.Reset, await posting.InTime());
    }

    /// <summary>The request waited for ever when the receiver failed under it.</summary>
    [Fact]
    public async Task Post_IsAnswered_WhenTheReceiverFails()
    {
        _packets.OnPacket = _ => throw new InvalidOperationException("a fault of ours");
        var receiving = _transport.ReceiveAsync(_packets);
        var posting = PostAsync(1, "4a");
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiving.InTime());
        await posting.InTime();
        Assert.Equal(PollingAnswer.Take, _transport.Post(2, () => { }));
        Assert.Equal(PollingAnswer.Ok, await _transport.HandOnAsync("4b"u8.ToArray()).InTime());
        Assert.Equal(["text 4a"], _packets.Log);
    }

    [Fact]
    public async Task Post_ThatIsTooLarge_TellsItsCopyToo()
    {
        Assert.Equal(PollingAnswer.Take, _transport.Post(1, () => { }));
        Assert.Equal(PollingAnswer.Join, _transport.Post(1, () => { }));
        var joining = _transport.JoinAsync();
        Assert.Equal(PollingAnswer.TooLarge, _transport.RefusePost());
        Assert.Equal(PollingAnswer.TooLarge, await joining.InTime());
        Assert.Equal(PollingAnswer.TooLarge, _transport.Post(1, () => { }));
        Assert.Equal(PollingAnswer.Take, _transport.Post(2, () => { }));
    }

    [Fact]
    public async Task Post_ThatBreaksOff_CostsTheSession_AndResetsItsCopy()
    {
        var receiving = _transport.ReceiveAsync(_packets);
        _transport.Post(1, () => { });
        _transport.Post(1, () => { });
        var joining = _transport.JoinAsync();
        _transport.AbortPost();
        Assert.Equal(PollingAnswer.Reset, await joining.InTime());
        Assert.IsType<TransportError>(await receiving.InTime());
        Assert.Equal(PollingAnswer.Unknown, _transport.Post(2, () => { }));
    }

    [Fact]
    public async Task PeersGoodbye_LetsTheHeldGetGo_AndOneMore()
    {
        var get = GetAsync(1);
        var receiving = _transport.ReceiveAsync(_packets);
        _packets.OnPacket = _ => _transport.Close(CloseCode.Normal, null);
        Assert.Equal(PollingAnswer.Ok, await PostAsync(1, "1"));
        Assert.Equal("6", await TextAsync(get));
        Assert.Null(await receiving.InTime());
        await _transport.FinishAsync().InTime();
        Assert.Equal(PollingAnswer.Unknown, (await GetAsync(2)).Answer);
    }

    [Fact]
    public async Task Goodbye_WaitsForAGet_BehindWhatWasSent()
    {
        var receiving = _transport.ReceiveAsync(_packets);
        Assert.True(_transport.TrySendMessage("4bye"u8, isBinary: false));
        _transport.Close(CloseCode.Normal, null);
        Assert.Null(await receiving.InTime());
        var finishing = _transport.FinishAsync();
        Assert.False(finishing.IsCompleted);
        Assert.Equal("4bye\u001e1", await TextAsync(GetAsync(1)));
        await finishing.InTime();
    }

    [Fact]
    public async Task Supersede_MovesWhatWaits_AnswersTheHeldGet_AndSendsOnTheOther()
    {
        var receiving = _transport.ReceiveAsync(_packets);
        var pair = new TransportPair(Side.Server);
        var get = GetAsync(1);
        Assert.True(_transport.TrySupersede(pair.Transport, default));
        Assert.Equal(PollingAnswer.Moved, (await get.InTime()).Answer);
        Assert.Equal(PollingAnswer.Moved, (await GetAsync(2)).Answer);
        Assert.Equal(PollingAnswer.Moved, _transport.Post(1, () => { }));
        Assert.Null(await receiving.InTime());
        Assert.Same(pair.Transport, _transport.Successor);
        Assert.False(_transport.TrySupersede(pair.Transport, default));
    }

    [Fact]
    public void MoreThanMayWait_IsRefused_ButTheSessionsOwnPacketsAreNot()
    {
        var transport = new ServerPollingTransport(maxQueuedBytes: 4);
        Assert.True(transport.TrySendBinary([1, 2, 3]));
        Assert.False(transport.TrySendBinary([4, 5]));
        transport.SendText("2"u8);
        Assert.Equal(4, transport.QueuedBytes);
    }

    /// <summary>GETs, POSTs, a sender, wake-ups and an end, all at once: nothing hangs, and what is delivered is what was sent.</summary>
    [Fact]
    public async Task EverythingAtOnce_KeepsTheOrder_AndEnds()
    {
        for (var round = 0; round < 60; round++)
        {
            await StressAsync(round);
        }
    }

    private static async Task StressAsync(int round)
    {
        const int Messages = 200;
        var transport = new ServerPollingTransport(MaxQueued);
        var packets = new TransportPair.RecordingPackets();
        var received = new List<string>();
        var receiving = transport.ReceiveAsync(packets);

        var sending = Task.Run(() =>
        {
            for (var message = 0; message < Messages; message++)
            {
                transport.TrySendMessage(Encoding.UTF8.GetBytes($"4{message}"), isBinary: false);
            }
        });
        var getting = Task.Run(async () =>
        {
            PollingResponse response;
            for (var get = 1; (response = await transport.GetAsync(get, CancellationToken.None)).Answer is PollingAnswer.Packets or PollingAnswer.Noop; get++)
            {
                received.AddRange(Encoding.UTF8.GetString(response.Payload.Span).Split('\u001e'));
            }

            return response.Answer;
        });
        var posting = Task.Run(async () =>
        {
            var post = 1;
            for (; post <= Messages && transport.Post(post, () => { }) is PollingAnswer.Take; post++)
            {
                if (await transport.HandOnAsync(Encoding.UTF8.GetBytes($"4{post}")) is not PollingAnswer.Ok)
                {
                    break;
                }
            }
        });
        var waking = Task.Run(() =>
        {
            for (var wake = 0; wake < Messages; wake++)
            {
                transport.Wake();
                transport.ReleaseGet();
            }
        });
        await Task.WhenAll(sending, waking).InTime();
        if (round % 3 != 0)
        {
            await posting.InTime();
        }

        var isGoodbye = round % 2 == 0;
        if (isGoodbye)
        {
            transport.Close(CloseCode.Normal, null);
        }
        else
        {
            transport.Abort();
        }

        await Task.WhenAll(receiving, getting, posting, transport.FinishAsync()).InTime();
        received.RemoveAll(packet => packet is "6");
        var isEnded = received.Remove("1");
        Assert.Equal(isGoodbye, isEnded && received.Count == Messages);
        Assert.Equal(Enumerable.Range(0, received.Count).Select(message => string.Create(CultureInfo.InvariantCulture, $"4{message}")), received);
        Assert.Equal(Enumerable.Range(1, packets.Log.Count).Select(post => string.Create(CultureInfo.InvariantCulture, $"text 4{post}")), packets.Log);
        Assert.True(round % 3 == 0 || packets.Log.Count == Messages);
    }

    private Task<PollingResponse> GetAsync(long number) => _transport.GetAsync(number, TestContext.Current.CancellationToken);

    private async Task<PollingAnswer> PostAsync(long number, string payload)
    {
        Assert.Equal(PollingAnswer.Take, _transport.Post(number, () => { }));
        return await _transport.HandOnAsync(Encoding.UTF8.GetBytes(payload)).InTime();
    }

    private static async Task<string> TextAsync(Task<PollingResponse> get) => Encoding.UTF8.GetString((await get.InTime()).Payload.Span);
}

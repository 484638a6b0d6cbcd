using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Tests.Framing;

namespace TypedSockets.Protocol.Tests.Transports;

/// <summary>The same for both ends.</summary>
public abstract partial class WebSocketTransportTests
{
    private readonly TransportPair _pair;
    private readonly Side _side;
    private readonly bool _isMasked;
    private readonly byte[] _closeFrame;

    protected WebSocketTransportTests(Side side)
    {
        _side = side;
        _pair = new TransportPair(side);
        _isMasked = side is Side.Server;
        _closeFrame = Frames.Build(Opcode.Close, [0x03, 0xe9, (byte)'b', (byte)'y', (byte)'e'], _isMasked);
    }

    [Fact]
    public async Task Packets_ComeInAndGoOut_AndPingsAreAnswered()
    {
        _pair.Packets.OnPacket = packet =>
        {
            if (packet == "text 2")
            {
                _pair.Transport.SendText("3"u8);
                Assert.True(_pair.Transport.TrySendBinary([1]));
                Assert.True(_pair.Transport.TrySendBinary([2]));
            }
        };
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "2"u8, _isMasked), Frames.Build(Opcode.Ping, "p"u8, _isMasked), Frames.Build(Opcode.Binary, [7], _isMasked), _closeFrame);
        await _pair.ReceiveAsync();
        await _pair.FinishAsync();
        Assert.Equal(["text 2", "binary 07"], _pair.Packets.Log);
        Assert.Equal(["Text 33", "Binary 0102", "Pong 70", "Close 03e9"], await SentAsync());
    }

    [Fact]
    public async Task PeerCloses_ItsCodeAndTextAreTheReason_AndTheCodeIsSentBack()
    {
        await _pair.ArriveAsync(_closeFrame);
        Assert.Equal(new TransportClose(1001, "bye") { Initiator = Initiator.Remote }, await _pair.ReceiveAsync());
        await _pair.FinishAsync();
        Assert.Equal(["Close 03e9"], await SentAsync());
    }

    [Fact]
    public async Task PeerCloses_WithoutACode_NoneIsSentBack()
    {
        await _pair.ArriveAsync(Frames.Build(Opcode.Close, [], _isMasked));
        Assert.Equal(new TransportClose { Initiator = Initiator.Remote }, await _pair.ReceiveAsync());
        await _pair.FinishAsync();
        Assert.Equal(["Close "], await SentAsync());
    }

    [Fact]
    public async Task PeerIsGone_WithoutAWord_IsATransportClose()
    {
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "2"u8, _isMasked));
        _pair.EndArrival();
        Assert.Equal(new TransportClose(), await _pair.ReceiveAsync());
        await _pair.FinishAsync();
        Assert.Equal(["text 2"], _pair.Packets.Log);
        Assert.Empty(await SentAsync());
    }

    [Fact]
    public async Task ConnectionFails_IsATransportError()
    {
        var failure = new IOException("reset");
        _pair.EndArrival(failure);
        Assert.Equal(new TransportError("reset", failure), await _pair.ReceiveAsync());
        await _pair.FinishAsync();
    }

    [Fact]
    public async Task ThisEndCloses_WaitsForThePeersCloseFrame_AndStepsOverTheRest()
    {
        var receiving = _pair.ReceiveAsync();
        _pair.Transport.Close(CloseCode.Normal, "done");
        Assert.Null(await receiving);
        var finishing = _pair.FinishAsync();
        await _pair.ArriveAsync(Frames.Build(Opcode.Binary, new byte[3_000], _isMasked), Frames.Build(Opcode.Ping, "late"u8, _isMasked), [0xff]);
        Assert.False(finishing.IsCompleted);
        await _pair.ArriveAsync([0x00], _closeFrame);
        await finishing;
        Assert.Empty(_pair.Packets.Log);
        Assert.Equal(["Close 03e8646f6e65"], await SentAsync());
    }

    /// <summary>Both ends close at the same time. This end used to answer with a second close frame.</summary>
    [Fact]
    public async Task ThisEndCloses_WhileThePeersCloseFrameIsInTheSameBatch_ClosesOnce()
    {
        _pair.Packets.OnPacket = _ => _pair.Transport.Close(CloseCode.Normal, null);
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "x"u8, _isMasked), Frames.Build(Opcode.Text, "y"u8, _isMasked), _closeFrame);
        await _pair.ReceiveAsync();
        await _pair.FinishAsync();
        Assert.Equal(["text x"], _pair.Packets.Log);
        Assert.Equal(["Close 03e8"], await SentAsync());
    }

    /// <summary>The peer's close frame is there but has not been looked at. It used to be waited for until more came.</summary>
    [Fact]
    public async Task ThisEndCloses_WhileThePeersCloseFrameLiesUnread_DoesNotWaitForMore()
    {
        var receiving = _pair.ReceiveAsync();
        _pair.HoldLoop();
        _pair.Transport.Close(CloseCode.Normal, null);
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "x"u8, _isMasked), _closeFrame);
        _pair.ReleaseLoop();
        Assert.Null(await receiving);
        await _pair.FinishAsync();
        Assert.Empty(_pair.Packets.Log);
    }

    [Fact]
    public async Task ThisEndCloses_WhileABatchWaitsToBeRead_ItIsNotHandedOn()
    {
        var reading = _pair.ReceiveAsync();
        _pair.Transport.Close(CloseCode.Normal, null);
        await reading;
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "x"u8, _isMasked), _closeFrame);
        await _pair.FinishAsync();
        Assert.Empty(_pair.Packets.Log);
    }

    [Fact]
    public async Task ThisEndCloses_AndThePeerIsGone_IsFinished()
    {
        var receiving = _pair.ReceiveAsync();
        _pair.Transport.Close(CloseCode.Normal, null);
        Assert.Null(await receiving);
        _pair.EndArrival(new IOException("reset"));
        await _pair.FinishAsync();
    }

    [Fact]
    public async Task Abort_EndsReceivingAndTheWaitForAGoodbye()
    {
        var receiving = _pair.ReceiveAsync();
        _pair.Transport.Close(CloseCode.Normal, null);
        await receiving;
        var finishing = _pair.FinishAsync();
        Assert.False(finishing.IsCompleted);
        _pair.Transport.Abort();
        await finishing;
        Assert.Equal(1, _pair.Aborts);
    }

    [Fact]
    public async Task Abort_WhileReceiving_EndsItWithoutAReason()
    {
        var receiving = _pair.ReceiveAsync();
        _pair.Transport.Abort();
        Assert.Null(await receiving);
        await _pair.FinishAsync();
        Assert.Empty(await SentAsync());
    }

    [Theory]
    [InlineData(0x83, "00", "ParseError 1002")]
    [InlineData(0x81, "01", "ParseError 1007")]
    [InlineData(0x82, "7f0000000000ffffff", "PayloadTooLarge 1009")]
    public async Task Violation_IsReportedWithItsCloseCode_AndNothingBehindItIsRead(byte first, string length, string violation)
    {
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "ok"u8, _isMasked), Frames.BuildRaw(first, Convert.FromHexString(length), [0xff], _isMasked));
        _pair.Packets.OnPacket = packet =>
        {
            if (packet.StartsWith("violation", StringComparison.Ordinal))
            {
                _pair.Transport.Close(CloseCode.ProtocolError, null);
            }
        };
        Assert.Null(await _pair.ReceiveAsync());
        Assert.Equal(["text ok", $"violation {violation}"], _pair.Packets.Log);
        _pair.EndArrival();
        await _pair.FinishAsync();
        Assert.Equal(["Close 03ea"], await SentAsync());
    }

    [Fact]
    public async Task Wake_LetsTheReceiveLoopAskOnce()
    {
        var asked = new TaskCompletionSource();
        _pair.Packets.OnReady = () =>
        {
            asked.TrySetResult();
            return default;
        };
        var receiving = _pair.ReceiveAsync();
        Assert.False(asked.Task.IsCompleted);
        _pair.Transport.Wake();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(receiving.IsCompleted);
        _pair.Transport.Abort();
        await receiving;
        await _pair.FinishAsync();
    }

    [Fact]
    public async Task Receiver_ThatIsNotReady_IsGivenNothingMore()
    {
        var ready = new TaskCompletionSource();
        _pair.Packets.OnReady = () => new ValueTask(ready.Task);
        var receiving = _pair.ReceiveAsync();
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "1"u8, _isMasked));
        await _pair.ArriveAsync(Frames.Build(Opcode.Text, "2"u8, _isMasked), _closeFrame);
        Assert.DoesNotContain("text 2", _pair.Packets.Log);
        ready.SetResult();
        await receiving;
        Assert.Equal(["text 1", "text 2"], _pair.Packets.Log);
        await _pair.FinishAsync();
    }

    private async Task<IEnumerable<string>> SentAsync() => (await _pair.SentAsync()).Select(frame => $"{frame.Opcode} {Convert.ToHexStringLower(frame.Payload)}");
}

using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Tests.Transports;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Tests.Polling;

/// <summary>What happens while no GET comes.</summary>
public sealed partial class ServerPollingTransportTests
{
    private readonly DeliveryCounters _counters = new();

    [Fact]
    public async Task Offer_WithAGetHeld_AnswersIt_AndWhatComesInTheSameTurn()
    {
        var get = GetAsync(1);
        Assert.True(_transport.TryOffer(Text("4a")));
        Assert.Equal("4a", await TextAsync(get));
        // Nothing waits, so the peer is not behind between two GETs; then something does.
        Assert.True(_transport.TryOffer(Text("4b")));
        Assert.False(_transport.TryOffer(Text("4c")));
        Assert.Equal("4b", await TextAsync(GetAsync(2)));
    }

    [Fact]
    public async Task Conflated_WithoutAGet_TheNewestOfEachKeyComes_InItsPlaceAmongTheOthers()
    {
        Assert.True(_transport.TrySendMessage("4r1"u8, isBinary: false));
        _transport.Conflate(Text("4a1"), "a"u8, _counters);
        _transport.Conflate(Text("4b1"), "b"u8, _counters);
        Assert.True(_transport.TrySendMessage("4r2"u8, isBinary: false));
        _transport.Conflate(Text("4a2"), "a"u8, _counters);
        Assert.True(_transport.TrySendBinary([1]));
        Assert.True(_transport.TrySendBinary([2]));
        _transport.SendText("2"u8);
        Assert.Equal((3 + 4 + 3 + 4 + 2 + 1, 7), (_transport.QueuedBytes, _transport.QueuedPackets));
        Assert.Equal("4r1\u001e2\u001e4b1\u001e4r2\u001e4a2\u001ebAQI=", await TextAsync(GetAsync(1)));
        Assert.Equal((0, 0), (_transport.QueuedBytes, _transport.QueuedPackets));
        Assert.Equal((1, 0), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void Packets_MoreThanMayWait_AreRefused_ButReplaceableOnesMakeRoom()
    {
        var transport = new ServerPollingTransport(MaxQueued, maxQueuedPackets: 2);
        Assert.True(transport.TrySendBinary([1]));
        transport.Conflate(Text("4a"), "a"u8, _counters);
        Assert.True(transport.TrySendBinary([2]));
        Assert.False(transport.TrySendBinary([3]));
        Assert.Equal((2, 1), (transport.QueuedPackets, _counters.Dropped));
    }

    /// <summary>Until a GET that was woken has its answer, everything that comes is to go with it; but not so much that there is no room left for what may not be dropped.</summary>
    [Fact]
    public async Task Offers_InOneTurn_LeaveRoomForWhatMayNotBeDropped()
    {
        var transport = new ServerPollingTransport(maxQueuedBytes: 1_000);
        var get = transport.GetAsync(1, TestContext.Current.CancellationToken);
        // The GET, which the first wakes, gets no turn before the last.
        transport.SendTogether(() =>
        {
            for (var number = 0; number < 100; number++)
            {
                if (!transport.TryOffer(Text($"4{number:0000000000}")))
                {
                    transport.Conflate(Text($"4{number:0000000000}"), "k"u8, _counters);
                }
            }

            Assert.True(transport.TrySendMessage(new byte[400], isBinary: true));
        });
        var packets = Encoding.UTF8.GetString((await get.InTime()).Payload.Span).Split('\u001e');
        Assert.Equal("40000000099", packets[^2]);
    }

    [Fact]
    public async Task Goodbye_ComesBehindWhatWaits()
    {
        var receiving = _transport.ReceiveAsync(_packets);
        Assert.True(_transport.TrySendMessage("4r"u8, isBinary: false));
        _transport.Conflate(Text("4a"), "a"u8, _counters);
        _transport.SendBinary([1]);
        _transport.Close(CloseCode.Normal, null);
        Assert.Null(await receiving.InTime());
        var finishing = _transport.FinishAsync();
        Assert.Equal("4r\u001e4a\u001ebAQ==\u001e1", await TextAsync(GetAsync(1)));
        await finishing.InTime();
    }

    [Fact]
    public async Task Supersede_MovesWhatWaits_InOrder_AndTheNextGoesToTheOther()
    {
        var pair = new TransportPair(Side.Server);
        Assert.True(_transport.TrySendMessage("4r1"u8, isBinary: false));
        _transport.Conflate(Text("4a1"), "a"u8, _counters);
        Assert.True(_transport.TrySendMessage("4r2"u8, isBinary: false));
        _transport.Conflate(Text("4a2"), "a"u8, _counters);
        Assert.True(_transport.TrySupersede(pair.Transport, default));
        Assert.True(_transport.TryOffer(Text("4a3")));
        _transport.Conflate(Text("4a4"), "a"u8, _counters);
        pair.EndArrival();
        await pair.ReceiveAsync();
        await pair.FinishAsync();
        Assert.Equal(["4r1", "4r2", "4a2", "4a3", "4a4"], (await pair.SentAsync()).Select(frame => Encoding.UTF8.GetString(frame.Payload)));
        Assert.Equal((0, 0), (_transport.QueuedBytes, _transport.QueuedPackets));
    }

    [Fact]
    public async Task Base64_ConflatesToo_WithItsAttachments()
    {
        var transport = new Base64Transport(_transport);
        Assert.True(transport.TrySendMessage("451-r"u8, [[1]]));
        transport.Conflate(new OutgoingPacket("451-a"u8, PacketForm.Text, [[2]]), "a"u8, _counters);
        transport.Conflate(new OutgoingPacket([3], PacketForm.Part), "b"u8, _counters);
        transport.Conflate(new OutgoingPacket("451-A"u8, PacketForm.Text, [[4]]), "a"u8, _counters);
        Assert.Equal(_transport.QueuedBytes, transport.QueuedBytes);
        Assert.Equal("451-r\u001ebAQ==\u001ebAw==\u001e451-A\u001ebBA==", await TextAsync(GetAsync(1)));
    }

    private static OutgoingPacket Text(string packet) => new(Encoding.UTF8.GetBytes(packet), PacketForm.Text);
}

using System.Text;
using TypedSockets.Client.Transports.WebSocket;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>What a browser's transport does while its WebSocket takes nothing.</summary>
public sealed class SystemWebSocketTransportTests : IDisposable
{
    private readonly StoppedWebSocket _socket = new();
    private readonly DeliveryCounters _counters = new();
    private readonly SystemWebSocketTransport _transport;

    public SystemWebSocketTransportTests() => _transport = new SystemWebSocketTransport(_socket, maxMessageBytes: 1_000, maxQueuedBytes: 100, maxQueuedPackets: 5);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public async Task Conflated_TheNewestOfEachKeyIsSent_InItsPlaceAmongTheOthers()
    {
        await BlockAsync();
        Assert.False(_transport.TryOffer(Text("4x")));
        Conflate("4a1", "a");
        Assert.True(_transport.TrySendBinary([1]));
        Assert.True(_transport.TrySendBinary([2]));
        Conflate("4a2", "a");
        _transport.SendText("2"u8);
        Assert.Equal((1 + 1 + 4 + 1, 4), (_transport.QueuedBytes, _transport.QueuedPackets));
        await GoAsync(3);
        Assert.Equal(["40", "2", "0102", "4a2"], _socket.Sent);
        Assert.Equal((1, 0), (_counters.Conflated, _counters.Dropped));
        Assert.Equal((0, 0), (_transport.QueuedBytes, _transport.QueuedPackets));
    }

    [Fact]
    public async Task Message_AndItsAttachments_StayTogether_WhateverWaits()
    {
        await BlockAsync();
        Conflate("4a1", "a");
        Assert.True(_transport.TrySendMessage("451-x"u8, [[7]]));
        _transport.Conflate(new OutgoingPacket("451-y"u8, PacketForm.Text, [[8]]), "y"u8, _counters);
        await GoAsync(5);
        Assert.Equal(["40", "4a1", "451-x", "07", "451-y", "08"], _socket.Sent);
    }

    [Fact]
    public async Task Packets_MoreThanMayWait_AreRefused_ButReplaceableOnesMakeRoom()
    {
        await BlockAsync();
        Conflate("4a1", "a");
        for (var number = 0; number < 5; number++)
        {
            Assert.True(_transport.TrySendMessage("4r"u8, isBinary: false));
        }

        Assert.False(_transport.TrySendMessage("4r"u8, isBinary: false));
        Assert.Equal(1, _counters.Dropped);
        Assert.False(_transport.TrySendMessage(new byte[101], isBinary: true));
    }

    [Fact]
    public async Task Goodbye_ComesBehindWhatWaits()
    {
        await BlockAsync();
        Conflate("4a1", "a");
        _transport.SendBinary([9]);
        _transport.Close(CloseCode.Normal, null);
        Conflate("4a2", "a");
        await GoAsync(3);
        Assert.Equal(["40", "4a1", "09", "close 1000"], _socket.Sent);
    }

    // The first message has begun to be sent, and does not go out.
    private async Task BlockAsync()
    {
        Assert.True(_transport.TryOffer(Text("40")));
        await _socket.BegunAsync();
    }

    private async Task GoAsync(int messages)
    {
        _socket.Go(messages + 1);
        for (var message = 0; message < messages; message++)
        {
            await _socket.BegunAsync();
        }
    }

    private void Conflate(string packet, string key) => _transport.Conflate(Text(packet), Encoding.UTF8.GetBytes(key), _counters);

    private static OutgoingPacket Text(string packet) => new(Encoding.UTF8.GetBytes(packet), PacketForm.Text);
}

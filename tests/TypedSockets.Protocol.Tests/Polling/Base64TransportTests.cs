using System.Text;
using TypedSockets.Protocol.Tests.Transports;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed class Base64TransportTests
{
    [Fact]
    public async Task BinaryMessages_AreSentAsText_AndTextAsItIs()
    {
        var pair = new TransportPair(Side.Server);
        var transport = new Base64Transport(pair.Transport);
        Assert.True(transport.TrySendBinary([1, 2, 3]));
        Assert.True(transport.TrySendMessage([4], isBinary: true));
        Assert.True(transport.TrySendMessage("4a"u8, isBinary: false));
        transport.SendText("2"u8);
        Assert.Equal(["bAQID", "bBA==", "4a", "2"], await TextsAsync(pair));
    }

    [Fact]
    public async Task WhatAnotherTransportLeft_IsSentAsTextToo_InOrder()
    {
        var pair = new TransportPair(Side.Server);
        var queue = new PacketQueue();
        queue.AddText("2"u8);
        queue.AddBinary([1, 2], joins: true);
        queue.AddText("4a"u8);
        new Base64Transport(pair.Transport).SendAll(queue);
        Assert.True(queue.IsEmpty);
        Assert.Equal(["2", "bAQI=", "4a"], await TextsAsync(pair));
    }

    private static async Task<List<string>> TextsAsync(TransportPair pair)
    {
        pair.EndArrival();
        await pair.ReceiveAsync();
        await pair.FinishAsync();
        return (await pair.SentAsync()).ConvertAll(frame => Encoding.UTF8.GetString(frame.Payload));
    }
}

using System.Text;
using System.Text.Json;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>The same for clients that speak Socket.IO, which know nothing of deliveries.</summary>
public sealed partial class DeliveryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoppedSocketIOClient_WhenItReadsAgain_GetsTheNewestOfEachKeyAndEveryReliableEvent(bool isMessagePack)
    {
        await using var server = await StartAsync(options => options.MaxQueuedBytes = 64 * 1024 * 1024);
        await using var slow = await RawPeer.DialAsync(new Uri(server.Address));
        Assert.Equal(101, (await slow.RequestAsync(new HandshakeRequest().To("EIO=4&transport=websocket"))).Status);
        Assert.Equal(0x1, (await slow.ReadFrameAsync()).Opcode);
        await (isMessagePack
            ? slow.SendFrameAsync(0x2, [0x82, 0xa4, .. "type"u8, 0x00, 0xa3, .. "nsp"u8, 0xa5, .. "/flow"u8])
            : slow.SendFrameAsync(0x1, [.. "40/flow,"u8]));
        var connected = ReadPacket(await slow.ReadFrameAsync());
        await using var quick = await FlowPeer.ConnectAsync(server, stops: false);
        var hub = await Log(server).HubAsync(connected.GetProperty("sid").GetString()!);
        // For clients of two codecs.
        var number = Flood(hub, hub.Clients.All);

        List<(string Event, int Number)> received = [];
        while (received.Count == 0 || received[^1] != ("noted", number))
        {
            var frame = await slow.ReadFrameAsync();
            if (frame.Payload is [(byte)'2'])
            {
                await slow.SendFrameAsync(0x1, [(byte)'3']);
                continue;
            }

            var data = ReadPacket(frame);
            var name = data[0].GetString()!.ToLowerInvariant();
            received.Add(name == "moved" ? ($"moved {data[1].GetString()}", data[2].GetInt32()) : (name, data[1].GetInt32()));
        }

        CheckFlood(received, number, hub.Connection);
        FlowRecord.IsWhole(await quick.ReceiveToAsync(number), "noted", number + 1);
    }

    /// <summary>What a CONNECT or EVENT packet of the namespace carries.</summary>
    private static JsonElement ReadPacket(RawFrame frame)
    {
        if (frame.Opcode == 0x2)
        {
            return JsonElement.Parse(MessagePackText.Of(frame.Payload)).GetProperty("data");
        }

        var text = Encoding.UTF8.GetString(frame.Payload);
        return JsonElement.Parse(text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..]);
    }
}

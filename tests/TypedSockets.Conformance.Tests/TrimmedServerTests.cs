using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace TypedSockets.Conformance.Tests;

/// <summary>A server of which the trimmer has left only what it could see: whatever was found by reflection would be gone.</summary>
[Trait("Category", "Publishing")]
public sealed class TrimmedServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrimmedServer_ServesAHub()
    {
        var program = await TrimmedProgram.PublishAsync("tests/ConformanceHost/ConformanceHost.csproj");
        await using var host = HostProcess.Start(program, "--urls", "http://127.0.0.1:0", "--calm", "true");
        var address = await host.ReadAddressAsync();
        await using var peer = await RawPeer.JoinAsync(new Uri($"http://{address}"));

        // REQUEST Echo("x") in the third namespace with ack 0, and its answer.
        await peer.SendFrameAsync(0x2, [0x07, 0x05, 0x02, 0x02, 0x00, 0x91, 0xa1, 0x78]);
        Assert.Equal([0x05, 0x06, 0x02, 0x00, 0xa1, 0x78], (await peer.ReadFrameAsync()).Payload);

        await CheckAttributesAsync(address);
    }

    // Both attributes are read by reflection: one of a method that is not public, one that names a type to be made.
    private static async Task CheckAttributesAsync(IPEndPoint address)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{address}/socket.io/?EIO=4&transport=websocket"), Token);
        Assert.StartsWith("0{", await ReadAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, "40/guard,");
        Assert.StartsWith("40/guard,{", await ReadAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, """42/guard,0["Call","ada"]""");
        Assert.Equal("""43/guard,0["ada!"]""", await ReadAsync(socket));
        await SendAsync(socket, """42/guard,1["Open","red"]""");
        Assert.Equal("""43/guard,1[{"$fault":"Unauthenticated"}]""", await ReadAsync(socket));
    }

    private static Task SendAsync(ClientWebSocket socket, string packet) => socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, true, Token);

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}

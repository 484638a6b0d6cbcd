namespace TypedSockets.Conformance.Tests;

/// <summary>A server of which the trimmer has left only what it could see: whatever was found by reflection would be gone.</summary>
[Trait("Category", "Publishing")]
public sealed class TrimmedServerTests
{
    [Fact]
    public async Task TrimmedServer_ServesAHub()
    {
        var program = await TrimmedProgram.PublishAsync("tests/ConformanceHost/ConformanceHost.csproj");
        await using var host = HostProcess.Start(program, "--urls", "http://127.0.0.1:0", "--calm", "true");
        await using var peer = await RawPeer.JoinAsync(new Uri($"http://{await host.ReadAddressAsync()}"));

        // REQUEST Echo("x") in the third namespace with ack 0, and its answer.
        await peer.SendFrameAsync(0x2, [0x07, 0x05, 0x02, 0x02, 0x00, 0x91, 0xa1, 0x78]);
        Assert.Equal([0x05, 0x06, 0x02, 0x00, 0xa1, 0x78], (await peer.ReadFrameAsync()).Payload);
    }
}

using TypedSockets.Client;
using TypedSockets.Server.WebSockets;

namespace TypedSockets.Integration.Tests;

/// <summary>
/// Frames travel on the connection's own pipe where there is one, hijacked from HTTP where that can be, and over the upgrade's stream elsewhere, with TLS and without. Nobody can
/// tell which.
/// </summary>
public sealed class TransportPathTests
{
    [Theory]
    [InlineData(WebSocketPath.Hijacked, false)]
    [InlineData(WebSocketPath.Hijacked, true)]
    [InlineData(WebSocketPath.Pipe, false)]
    [InlineData(WebSocketPath.Pipe, true)]
    [InlineData(WebSocketPath.Stream, false)]
    [InlineData(WebSocketPath.Stream, true)]
    internal async Task Session_OnEachPath_CarriesSmallAndLargeBothWaysAndCloses(WebSocketPath path, bool useTls)
    {
        using var certificate = useTls ? LoopbackCertificate.Create() : null;
        await using var server = await PlayServer.StartAsync(options => options.WebSocketPath = path, certificate);
        using var handler = LoopbackCertificate.CreateHandler(certificate);
        using var invoker = new HttpMessageInvoker(handler);
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { HttpInvoker = invoker });
        var id = await peer.Server.WhoAmI();

        await peer.Server.Enter("a");
        foreach (var length in (int[])[0, 1, 100, 125, 126, 4_000, 4_096, 65_535, 65_536, 900_000])
        {
            var text = new string('x', length);
            peer.Server.Say("a", text);
            Assert.Equal(text, await peer.NextSaidAsync());
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => peer.Server.Sum([number, 1])));
        Assert.Equal(Enumerable.Range(1, 1_000), answers);

        await peer.Socket.CloseAsync();
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Client_ReadsTooSlowly_IsDisconnectedAndTheOthersAreServed()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxQueuedBytes = 64 * 1024);
        await using var slow = await server.ConnectAsync();
        await using var quick = await server.ConnectAsync();
        var id = await slow.Server.WhoAmI();
        await slow.Server.Enter("a");
        await quick.Server.Enter("a");
        using var release = new ManualResetEventSlim();
        slow.OnSaid = _ => release.Wait();
        try
        {
            var text = new string('x', 50_000);
            var ended = server.Log.WaitForEndAsync(id);
            while (!ended.IsCompleted)
            {
                quick.Server.Say("a", text);
                Assert.Equal(text, await quick.NextSaidAsync());
            }

            var reason = Assert.IsType<SlowConsumer>(await ended);
            Assert.Equal((64 * 1024, Initiator.Local), (reason.Limit, reason.Initiator));
            Assert.True(reason.Queued > reason.Limit);
        }
        finally
        {
            // Its handler must not keep it from being disposed of.
            release.Set();
        }
    }
}

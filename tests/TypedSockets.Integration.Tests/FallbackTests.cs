using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>What a client does when a transport does not work, or a better one does not come.</summary>
public sealed class FallbackTests
{
    private static readonly TransportKind[] s_pollingFirst = [TransportKind.Polling, TransportKind.WebSocket];
    private static readonly ReconnectionOptions s_soon = new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public void Transports_NoneOrOneTwice_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TypedSocketOptions { Transports = [] });
        Assert.Throws<ArgumentException>(() => new TypedSocketOptions { Transports = [TransportKind.Polling, TransportKind.Polling] });
    }

    [Fact]
    public async Task TryAllTransports_IsOff_TheFirstIsTheOnlyOne()
    {
        await using var server = await PlayServer.StartAsync(options => options.Transports = [TransportKind.Polling]);
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { TryAllTransports = false });
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(400, Assert.IsType<HandshakeRejected>(exception.Reason).Status);
    }

    [Fact]
    public async Task PollingFirst_IsRefused_FallsBackToAWebSocket()
    {
        await using var server = await PlayServer.StartAsync(options => options.Transports = [TransportKind.WebSocket]);
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst });
        var fallingBack = await peer.NextAsync<FallingBack>();
        Assert.Equal((TransportKind.Polling, TransportKind.WebSocket), (fallingBack.From, fallingBack.To));
        Assert.Equal(TransportKind.WebSocket, peer.Socket.Transport);
        Assert.NotNull(peer.Socket.WebSocket);
    }

    [Fact]
    public async Task NothingWorks_TheLastReasonStands()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Path = "/nowhere" });
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(404, Assert.IsType<HandshakeRejected>(exception.Reason).Status);
        var fallingBack = await peer.NextAsync<FallingBack>();
        Assert.Equal((TransportKind.WebSocket, TransportKind.Polling), (fallingBack.From, fallingBack.To));
    }

    [Fact]
    public async Task WebSocket_OpensAndCarriesNothing_TheNextTryBeginsWithPolling()
    {
        await using var server = await PlayServer.StartAsync(handle: SwallowFramesAsync);
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Reconnection = s_soon, Upgrade = false, ConnectTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(1, (await peer.NextAsync<Connecting>()).Attempt);
        Assert.Equal(Initiator.Local, Assert.IsType<TransportError>((await peer.NextAsync<Disconnected>()).Reason).Initiator);
        Assert.Equal(TransportKind.Polling, (await peer.NextAsync<Connected>()).Transport);
    }

    [Fact]
    public async Task Upgrade_IsOff_TheSessionStaysOnPolling()
    {
        var webSockets = 0;
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            webSockets += context.Request.Headers.ContainsKey("Upgrade") ? 1 : 0;
            return next(context);
        });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst, Upgrade = false });
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(TransportKind.Polling, peer.Socket.Transport);
        Assert.Null(peer.Socket.WebSocket);
        await peer.Socket.CloseAsync();
        Assert.Null(peer.Socket.Transport);
        Assert.Equal(0, webSockets);
    }

    [Fact]
    public async Task WebSocket_IsForbidden_TheUpgradeFailsAndPollingGoesOn()
    {
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            if (context.Request.Headers.ContainsKey("Upgrade"))
            {
                context.Response.StatusCode = 403;
                return Task.CompletedTask;
            }

            return next(context);
        });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst });
        var failed = await peer.NextAsync<UpgradeFailed>();
        Assert.Equal((TransportKind.WebSocket, 403), (failed.To, Assert.IsType<HandshakeRejected>(failed.Why).Status));
        await AssertInOrderAsync(peer, TransportKind.Polling);
    }

    [Fact]
    public async Task WebSocket_IsNotProvenInTime_TheUpgradeFailsAndPollingGoesOn()
    {
        await using var server = await PlayServer.StartAsync(handle: SwallowFramesAsync);
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst, UpgradeTimeout = TimeSpan.FromMilliseconds(200) });
        var failed = await peer.NextAsync<UpgradeFailed>();
        Assert.Equal(Initiator.Local, Assert.IsType<TransportError>(failed.Why).Initiator);
        await AssertInOrderAsync(peer, TransportKind.Polling);
    }

    /// <summary>As a proxy does it that knows the handshake and lets no message through.</summary>
    private static async Task SwallowFramesAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Headers.ContainsKey("Upgrade"))
        {
            await next(context);
            return;
        }

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        while ((await webSocket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType is not WebSocketMessageType.Close)
        {
        }

        await webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }

    private static async Task AssertInOrderAsync(PlayPeer peer, TransportKind transport)
    {
        await peer.Server.Enter("me");
        for (var number = 0; number < 200; number++)
        {
            peer.Server.Say("me", $"{number}");
        }

        for (var number = 0; number < 200; number++)
        {
            Assert.Equal($"{number}", await peer.NextSaidAsync());
        }

        Assert.Equal(transport, peer.Socket.Transport);
    }
}

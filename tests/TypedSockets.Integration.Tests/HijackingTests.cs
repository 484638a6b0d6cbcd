using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>A session on a WebSocket outlives the request that opened it, where the server lets it.</summary>
public sealed class HijackingTests
{
    public static TheoryData<TransportKind> FirstTransports => [TransportKind.WebSocket, TransportKind.Polling];

    [Theory]
    [MemberData(nameof(FirstTransports))]
    public async Task Request_OfAWebSocket_EndsWithItsHandshake(TransportKind first)
    {
        var ended = new TaskCompletionSource();
        await using var server = await PlayServer.StartAsync(handle: async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode == 101)
            {
                ended.SetResult();
            }
        });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = first is TransportKind.Polling ? [first, TransportKind.WebSocket] : [first] });
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        var id = await peer.Server.WhoAmI();
        await peer.Socket.CloseAsync();
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Middleware_ThatFailsAfterTheHandshake_TakesNoPlaceFromOthers()
    {
        var failures = 0;
        await using var server = await PlayServer.StartAsync(
            options => options.MaxConnections = 1,
            handle: async (context, next) =>
            {
                await next(context);
                if (context.Response.StatusCode == 101 && Interlocked.Increment(ref failures) <= 3)
                {
                    throw new InvalidOperationException("Deliberate.");
                }
            });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Reconnection = new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } });
        // Whether the session outlives such a failure is the server's business; that it can be opened and used in the end is ours.
        Assert.NotEmpty(await UseAsync(peer));
    }

    [Fact]
    public async Task Application_WithEndpointDefaultsOfItsOwn_KeepsThemAndIsServedWithinTheRequest()
    {
        var defaults = 0;
        var requests = 0;
        await using var server = await PlayServer.StartAsync(
            handle: async (context, next) =>
            {
                Interlocked.Increment(ref requests);
                await next(context);
                Interlocked.Decrement(ref requests);
            },
            configureServices: services => services.Insert(1, ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>>(
                new ConfigureOptions<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(_ => defaults++)))));
        await using var peer = await server.ConnectAsync();
        var id = await peer.Server.WhoAmI();
        Assert.Equal((1, 1), (defaults, Volatile.Read(ref requests)));
        await peer.Socket.CloseAsync();
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Log.WaitForEndAsync(id));
    }

    private static async Task<string> UseAsync(PlayPeer peer)
    {
        while (true)
        {
            try
            {
                return await peer.Server.WhoAmI();
            }
            catch (Exception exception) when (exception is NotConnectedException or DisconnectedException)
            {
                await peer.NextAsync<Connected>();
            }
        }
    }
}

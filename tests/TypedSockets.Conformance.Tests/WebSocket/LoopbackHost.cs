using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;
using TypedSockets.Server.WebSockets;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>A server on a free port of the loopback interface that echoes the messages of WebSockets, without sessions.</summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private const int BufferSize = 10_000;

    private readonly WebApplication _app;

    private LoopbackHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Our own handshake and framing.</summary>
    public static Task<LoopbackHost> StartOursAsync(TypedSocketServerOptions options) => StartAsync(app => app.Run(async context =>
    {
        Assert.Null(WebSocketEndpoint.Check(context, options, out var negotiated));
        var accepted = await WebSocketEndpoint.AcceptAsync(context, negotiated!, options, sendsFirst: false);
        await accepted.RunAsync(new TransportEcho(accepted.Transport).RunAsync);
    }));

    /// <summary>The platform's handshake and framing.</summary>
    public static Task<LoopbackHost> StartTheirsAsync(WebSocketAcceptContext accept, int fragmentBytes = int.MaxValue) => StartAsync(app =>
    {
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(accept);
            await EchoAsync(socket, fragmentBytes);
        });
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<LoopbackHost> StartAsync(Action<WebApplication> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return new LoopbackHost(app);
    }

    private static async Task EchoAsync(System.Net.WebSockets.WebSocket socket, int fragmentBytes)
    {
        var buffer = new byte[Math.Min(BufferSize, fragmentBytes)];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.MessageType is System.Net.WebSockets.WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, CancellationToken.None);
                return;
            }

            if (buffer.AsSpan(0, result.Count).SequenceEqual("close"u8))
            {
                await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, TransportEcho.Farewell, CancellationToken.None);
                return;
            }

            // Fragments go back as they are received, so a message comes back in as many.
            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, CancellationToken.None);
        }
    }
}

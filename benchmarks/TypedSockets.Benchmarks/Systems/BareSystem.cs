using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>What ASP.NET Core gives without a framework on top: System.Net.WebSockets on Kestrel, bytes in and the same bytes out.</summary>
internal sealed class BareSystem()
    : HostedSystem(SystemName, "ASP.NET Core UseWebSockets and System.Net.WebSockets; a 5-byte header, payloads not decoded")
{
    public const string SystemName = "bare";

    private readonly ConcurrentDictionary<Connection, bool> _connections = [];

    public override Dialect CreateDialect() => new BareDialect();

    public override Task<int> StartAsync() => KestrelServer.StartAsync(_ => { }, application =>
    {
        application.UseWebSockets();
        application.Map("/bench", ServeAsync);
    });

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new Connection(socket);
        _connections.TryAdd(connection, true);
        try
        {
            await ReceiveAsync(socket, connection);
        }
        catch (WebSocketException)
        {
            // The load generator resets its connections.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private async Task ReceiveAsync(WebSocket socket, Connection connection)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (!received.EndOfMessage)
            {
                throw new InvalidDataException($"A message exceeds the buffer of {buffer.Length} bytes, or was fragmented.");
            }

            var packet = buffer.AsMemory(0, received.Count);
            switch (packet.Span[0])
            {
                case BarePacket.Echo:
                    await socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                    break;
                case BarePacket.OneWay:
                    IngestTally.Add(tick: 0);
                    break;
                case BarePacket.Broadcast:
                    Broadcast(packet.ToArray());
                    break;
                default:
                    throw new InvalidDataException($"There is no operation {packet.Span[0]}.");
            }
        }
    }

    private void Broadcast(ReadOnlyMemory<byte> packet)
    {
        foreach (var (connection, _) in _connections)
        {
            connection.Send(packet);
        }
    }

    /// <summary>Sends broadcasts in order without waiting for a slow connection: System.Net.WebSockets allows one send at a time.</summary>
    private sealed class Connection(WebSocket socket)
    {
        private readonly Queue<ReadOnlyMemory<byte>> _waiting = [];
        private bool _sending;

        public void Send(ReadOnlyMemory<byte> packet)
        {
            lock (_waiting)
            {
                if (_sending)
                {
                    _waiting.Enqueue(packet);
                    return;
                }

                _sending = true;
            }

            _ = SendAllAsync(packet);
        }

        private async Task SendAllAsync(ReadOnlyMemory<byte> packet)
        {
            try
            {
                do
                {
                    await socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                }
                while (TryTakeWaiting(out packet));
            }
            catch (WebSocketException)
            {
                // The load generator resets its connections; the receive loop sees it as well and ends this one.
            }
        }

        private bool TryTakeWaiting(out ReadOnlyMemory<byte> packet)
        {
            lock (_waiting)
            {
                _sending = _waiting.TryDequeue(out packet);
                return _sending;
            }
        }
    }
}

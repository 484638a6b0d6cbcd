using System.Net.Sockets;

namespace TypedSockets.Lifecycle.Tests.Network;

/// <summary>One connection of a client, and the one to the server behind it.</summary>
internal sealed class Link(FaultyNetwork network, Socket client)
{
    public Socket Client { get; } = client;

    /// <summary>Null until it is connected.</summary>
    public Socket? Server { get; private set; }

    /// <summary>Whether the connection has become a WebSocket.</summary>
    public bool IsWebSocket { get; private set; }

    /// <summary>Whether everything on this connection alone disappears.</summary>
    public bool IsSwallowing { get; set; }

    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start() => Completion = RunAsync();

    public void Close()
    {
        Shutdown(Client);
        Shutdown(Server);
    }

    public void Reset()
    {
        Reset(Client);
        Reset(Server);
    }

    private async Task RunAsync()
    {
        try
        {
            Client.NoDelay = true;
            if (network.IsDown)
            {
                Reset();
                return;
            }

            if (!network.IsSwallowing)
            {
                Server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await Server.ConnectAsync(network.Server.Host, network.Server.Port);
            }

            await Task.WhenAll(PumpAsync(Client, Server), PumpAsync(Server, Client));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Nobody listens behind, which the client is to see as it is; or the network was reset meanwhile.
            Reset();
        }
        finally
        {
            Client.Dispose();
            Server?.Dispose();
        }
    }

    private async Task PumpAsync(Socket? from, Socket? to)
    {
        if (from is null)
        {
            return;
        }

        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await ForwardAsync(buffer.AsMemory(0, count), to);
            }

            if (!IsSilent)
            {
                to?.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // What one end does to the connection, the other is to see.
            if (!IsSilent)
            {
                Reset();
            }
        }
    }

    private bool IsSilent => network.IsSwallowing || IsSwallowing;

    private async Task ForwardAsync(Memory<byte> bytes, Socket? to)
    {
        var piece = new Piece(this, bytes, ToServer: to == Server);
        if (!piece.ToServer && piece.Contains("HTTP/1.1 101 "))
        {
            IsWebSocket = true;
        }

        if (network.Rule is { } rule)
        {
            await rule(piece);
        }

        await network.WhenReleasedAsync(piece);
        if (!IsSilent && to is not null)
        {
            await to.SendAsync(bytes);
        }
    }

    private static void Shutdown(Socket? socket)
    {
        try
        {
            socket?.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private static void Reset(Socket? socket)
    {
        try
        {
            socket?.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket?.Dispose();
    }
}

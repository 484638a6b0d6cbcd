using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedSockets.Integration.Tests;

/// <summary>A small HTTP proxy on a free port of the loopback interface: CONNECT makes a tunnel (RFC 9110 §9.3.6), and a request in absolute form is passed on over a connection of its own.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly Task _accepting;

    public LoopbackProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The first line of every request that came through.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await _accepting;
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _connections.Add(client);
                serving.Add(ServeAsync(client));
            }
        }
        catch (SocketException)
        {
            // Stopped.
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var head = await ReadHeadAsync(client.GetStream());
            var line = head[..head.IndexOf("\r\n", StringComparison.Ordinal)];
            Requests.Enqueue(line);
            var (method, target) = (line.Split(' ')[0], line.Split(' ')[1]);
            var server = new Uri(method == "CONNECT" ? $"http://{target}" : target);
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(server.Host, server.Port);
            if (method == "CONNECT")
            {
                await client.GetStream().WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
            }
            else
            {
                // Each request is a connection of its own, so that each is seen.
                var origin = head.Replace(target, server.PathAndQuery, StringComparison.Ordinal).Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
                await upstream.GetStream().WriteAsync(Encoding.Latin1.GetBytes(origin));
            }

            await Task.WhenAny(client.GetStream().CopyToAsync(upstream.GetStream()), upstream.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of both ends has gone.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(octet);
            head.Append((char)octet[0]);
        }

        return head.ToString();
    }
}

using System.Net;
using System.Net.Sockets;

namespace TypedSockets.Lifecycle.Tests.Network;

/// <summary>What lies between the two ends: forwards bytes from a port of the loopback interface to a server, until a test makes it fail.</summary>
internal sealed class FaultyNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<Link> _links = [];
    private readonly Task _accepting;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Func<Piece, bool> _isHeld = _ => false;

    public FaultyNetwork(Uri server)
    {
        Server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where new connections go.</summary>
    public Uri Server { get; set; }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Looks at every piece that passes; null for nothing to look at.</summary>
    public Func<Piece, ValueTask>? Rule { get; set; }

    /// <summary>Whether everything disappears on the way, in both directions, while the connections stay.</summary>
    public bool IsSwallowing { get; set; }

    private Link[] Links
    {
        get
        {
            lock (_gate)
            {
                return [.. _links];
            }
        }
    }

    /// <summary>Lets nothing pass until <see cref="Release"/>; nothing is lost.</summary>
    /// <param name="which">What is held; null for everything.</param>
    public void Hold(Func<Piece, bool>? which = null) => _isHeld = which ?? (_ => true);

    public void Release() => _released.TrySetResult();

    public Task WhenReleasedAsync(Piece piece) => _isHeld(piece) ? _released.Task : Task.CompletedTask;

    /// <summary>Whether new connections are reset.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Ends every connection on both sides as a person would: FIN. New ones are reset, or a client would ask once more before either end has noticed.</summary>
    public void Close()
    {
        IsDown = true;
        Array.ForEach(Links, link => link.Close());
    }

    /// <summary>Resets every connection on both sides, and new ones: RST.</summary>
    public void Reset()
    {
        IsDown = true;
        Array.ForEach(Links, link => link.Reset());
    }

    /// <summary>Sends bytes of its own on the WebSocket to the server.</summary>
    public async Task InjectAsync(byte[] bytes) => await Links.Single(link => link.IsWebSocket).Server!.SendAsync(bytes);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Release();
        Reset();
        await Task.WhenAll(Links.Select(link => link.Completion));
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync();
                var link = new Link(this, client);
                lock (_gate)
                {
                    _links.Add(link);
                }

                link.Start();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped.
                return;
            }
        }
    }
}

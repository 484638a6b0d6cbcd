namespace TypedSockets.Testing;

/// <summary>
/// The network between one client and the server, in memory. It carries packets at once and loses none, until a test says otherwise. Its connections behave as WebSockets do, and both
/// ends see them as <see cref="TransportKind.WebSocket"/>. Safe for concurrent use.
/// </summary>
public sealed class TestLink
{
    private readonly Lock _gate = new();
    private bool _isDown;

    internal TestLink(Traffic traffic)
    {
        ToServer = new LinkDirection(this, _gate, traffic);
        ToClient = new LinkDirection(this, _gate, traffic);
    }

    /// <summary>What the client sends.</summary>
    public LinkDirection ToServer { get; }

    /// <summary>What the server sends.</summary>
    public LinkDirection ToClient { get; }

    /// <summary>
    /// Cuts the connection, if there is one: what is on its way is lost, both ends hand on what has arrived and then see <see cref="TransportClose"/>. The client comes back as its
    /// options say.
    /// </summary>
    public void Cut()
    {
        lock (_gate)
        {
            CutUnsynchronized();
        }
    }

    /// <summary>Cuts the connection and lets none be opened: each try fails with <see cref="TransportError"/> until <see cref="Restore"/>.</summary>
    public void TakeDown()
    {
        lock (_gate)
        {
            _isDown = true;
            CutUnsynchronized();
        }
    }

    /// <summary>Takes everything back that a test has done to the link: it is up, nothing is held and nobody is frozen.</summary>
    public void Restore()
    {
        lock (_gate)
        {
            _isDown = false;
        }

        ToServer.Release();
        ToServer.Thaw();
        ToClient.Release();
        ToClient.Thaw();
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DisconnectedException">The link is down.</exception>
    internal (InMemoryTransport Client, InMemoryTransport Server) Open(TransportLimits client, TransportLimits server)
    {
        lock (_gate)
        {
            if (_isDown)
            {
                throw new DisconnectedException(new TransportError("The server cannot be reached: the link is down (TakeDown)."));
            }

            var (toServer, toClient) = (ToServer.OpenUnsynchronized(), ToClient.OpenUnsynchronized());
            return (new InMemoryTransport(toClient, toServer, client), new InMemoryTransport(toServer, toClient, server));
        }
    }

    internal void CutUnsynchronized()
    {
        ToServer.CutUnsynchronized();
        ToClient.CutUnsynchronized();
    }
}

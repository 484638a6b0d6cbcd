using System.Net;
using System.Security.Claims;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>A client's connection to one namespace, as its hub sees it. Safe for concurrent use.</summary>
public sealed class HubConnection
{
    private readonly HubMember _member;

    internal HubConnection(HubMember member) => _member = member;

    /// <summary>
    /// What the connection is called; public, random, and never used again, but by the same client when its state is recovered
    /// (<see cref="TypedSocketServerOptions.ConnectionStateRecovery"/>): from <see cref="Hub{TClient}.OnConnected"/> on it is called as before.
    /// </summary>
    public string Id => _member.Id;

    /// <summary>Who connected, as ASP.NET Core's authentication found at the handshake, and since then with each new token; somebody without identity when it is not used.</summary>
    public ClaimsPrincipal User => _member.Connection.Client.User;

    /// <summary>The name identifier of <see cref="User"/>; null for somebody who has not signed in.</summary>
    public string? UserId => _member.UserId;

    /// <summary>The address at the other end; null where there is none. Behind a proxy it is the proxy's, unless forwarded headers are used.</summary>
    public IPAddress? RemoteAddress => _member.Connection.Client.RemoteAddress;

    /// <summary>What carries the packets at this moment.</summary>
    public TransportKind Transport => _member.Connection.Transport.Kind;

    /// <summary>What the WebSocket's handshake agreed on: subprotocol and extensions; null on another transport.</summary>
    public WebSocketAgreement? WebSocket => _member.Connection.Transport.Agreement;

    /// <summary>How many bytes wait to be sent because the client reads too slowly, beside what the connection itself buffers; of all namespaces of its session. 0 while it keeps up.</summary>
    public long QueuedBytes => _member.Connection.Transport.QueuedBytes;

    /// <summary>How many packets wait to be sent because the client reads too slowly; of all namespaces of its session. 0 while it keeps up.</summary>
    public int QueuedPackets => _member.Connection.Transport.QueuedPackets;

    /// <summary>How many events were replaced by newer ones while they waited (<see cref="Delivery.Latest"/>), since the session began; of all its namespaces.</summary>
    public long ConflatedEvents => _member.Connection.ConflatedEvents;

    /// <summary>
    /// How many events were dropped because the client reads too slowly, since the session began; of all its namespaces: those with <see cref="Delivery.Droppable"/>, and those with
    /// <see cref="Delivery.Latest"/> that there was no room for.
    /// </summary>
    public long DroppedEvents => _member.Connection.DroppedEvents;

    /// <summary>The rooms that the client is in. A client can be put into one, or taken out, by whoever has its connection.</summary>
    public HubRooms Rooms => field ??= new HubRooms(_member);

    /// <summary>How long it is since the client joined the namespace.</summary>
    public TimeSpan ConnectedFor => _member.Connection.Wheel.Now - _member.JoinedAt;

    /// <summary>Why the connection ended; null while it has not.</summary>
    public DisconnectReason? Ended => _member.Channel.Ended;

    /// <summary>
    /// What the application keeps with the connection; empty at first. When the client's state is recovered, the new connection has what the old one had, where a field of the hub is
    /// new.
    /// </summary>
    public IDictionary<object, object?> Items => _member.Items;

    /// <summary>Ends the connection; the client sees <see cref="ServerDisconnect"/> and does not come back by itself. Does nothing when it has ended.</summary>
    /// <param name="text">What the person is told; null for nothing.</param>
    public void Disconnect(string? text = null) =>
        _member.Connection.Disconnect(_member, new ServerDisconnect(text));
}

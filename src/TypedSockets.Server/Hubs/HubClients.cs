using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>Who a hub can send events to, as seen from the client that it serves.</summary>
/// <inheritdoc/>
/// <typeparam name="TClient">The events that clients handle.</typeparam>
public sealed class HubClients<TClient> : HubTargets<TClient> where TClient : class, IClientEvents
{
    private readonly HubMember _member;

    internal HubClients(HubMember member, ProxyFactory<TClient> proxies) : base(proxies) => _member = member;

    /// <summary>The client that this hub serves.</summary>
    public TClient Caller => field ??= _proxies.Of(_member);

    /// <summary>Every client but the one that this hub serves.</summary>
    public TClient Others => field ??= Except(_member.Id);

    /// <summary>The clients in a room, but the one that this hub serves.</summary>
    /// <param name="room">The room; one that nobody is in is no error.</param>
    public TClient OthersInRoom(string room) => RoomExcept(room, _member.Id);
}

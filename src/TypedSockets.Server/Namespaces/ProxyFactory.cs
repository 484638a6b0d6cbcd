using TypedSockets.Events;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Namespaces;

/// <summary>Makes what hubs send through.</summary>
/// <param name="hubs">The namespace.</param>
/// <param name="create">Makes the generated proxy of a sender.</param>
internal sealed class ProxyFactory<TClient>(HubNamespace hubs, Func<EventSender, TClient> create)
    where TClient : class, IClientEvents
{
    public TClient All { get; } = create(new BroadcastSender(hubs, BroadcastTarget.All));

    private TClient Absent { get; } = create(new AbsentSender(hubs));

    public TClient Of(HubMember member) => member.Recoverable is { } client ? Of(client) : create(member.Channel);

    public TClient Of(BroadcastTarget target) => create(new BroadcastSender(hubs, target));

    public TClient OfClient(string connectionId)
    {
        if (hubs.Recovery?.Find(connectionId) is { } client)
        {
            // It may be away, and is sent to when it comes back.
            return Of(client);
        }

        return hubs.All.Find(connectionId) is { } member ? Of(member) : Absent;
    }

    private TClient Of(RecoverableClient client) => create(new RecoverableSender(hubs, hubs.Recovery!, client));
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Events;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Channels.Streams;
using TypedSockets.Protocol.Observability;
using TypedSockets.Server.Filters;
using TypedSockets.Server.Observability;
using TypedSockets.Server.RateLimits;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Namespaces;

/// <summary>One namespace of a server: the clients that joined it, in rooms, each with a hub of its own. Safe for concurrent use.</summary>
internal abstract class HubNamespace
{
    /// <summary>What asking about a client is called in messages.</summary>
    private protected const string Authorize = "Authorize";

    private protected HubNamespace(uint number, ContractShape shape, ConnectAuthentication? authentication, HubPipeline pipeline, IServiceProvider services, TypedSocketServerOptions options)
    {
        Authentication = authentication;
        Pipeline = pipeline;
        EventLimits = services.GetRequiredService<EventLimits>();
        Scopes = services.GetRequiredService<IServiceScopeFactory>();
        Number = number;
        Shape = shape;
        MaxPacketBytes = options.MaxClientPayloadBytes;
        Presence = new HubPresence(this);
        Limits = new HubLimits(options.MaxRoomsPerConnection, options.MaxRoomNameLength);
        Numbers = EventNumbers.Identical(number, shape, Side.Server, ContractAgreement.Identical);
        ChannelOptions = new ChannelOptions(options.PayloadLimits, options.RequestTimeout, options.MaxPendingRequests, options.MaxQueuedEventBytes, options.MaxConcurrentHandlers, options.EnableDetailedErrors)
        {
            Streams = new StreamOptions(options.StreamWindowItems, options.StreamWindowBytes, options.MaxStreams),
            Observer = new EventObserver(services.GetRequiredService<ServerMetrics>().Events, shape, Side.Server),
        };
    }

    public uint Number { get; }

    public ContractShape Shape { get; }

    /// <summary>How clients say who they are; null where everybody may connect.</summary>
    public ConnectAuthentication? Authentication { get; }

    /// <summary>What stands between the clients and their hubs.</summary>
    public HubPipeline Pipeline { get; }

    /// <summary>How many events the clients may send.</summary>
    public EventLimits EventLimits { get; }

    /// <summary>Where the scope of a client comes from.</summary>
    public IServiceScopeFactory Scopes { get; }

    /// <summary>The largest packet that a client is sent.</summary>
    public long MaxPacketBytes { get; }

    public EventNumbers Numbers { get; }

    public ChannelOptions ChannelOptions { get; }

    /// <summary>What lets clients of Socket.IO carry on after a drop; null where the server does not. Set before the first client.</summary>
    public ConnectionRecovery? Recovery { get; set; }

    /// <summary>Whether the namespace has no contract.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>What events without a contract are sent through. Made when the first one is.</summary>
    public ProxyFactory<DynamicPeer> DynamicProxies => LazyInitializer.EnsureInitialized(ref field, () => new ProxyFactory<DynamicPeer>(this, CreateDynamicPeer));

    /// <summary>Every client of the namespace.</summary>
    public MemberSet All { get; } = new();

    public MemberSets Rooms { get; } = new();

    public MemberSets Users { get; } = new();

    public HubPresence Presence { get; }

    public HubLimits Limits { get; }

    /// <summary>Makes what sends events without a contract; every sender of a server can.</summary>
    public static DynamicPeer CreateDynamicPeer(EventSender sender) => new((IDynamicSender)sender);

    /// <summary>A client is among those that events go to.</summary>
    public void Enter(HubMember member)
    {
        All.Add(member);
        if (member.UserId is { } userId)
        {
            Users.Add(userId, member);
        }
    }

    /// <summary>A client is gone from wherever it was.</summary>
    public void Exit(HubMember member)
    {
        All.Remove(member);
        if (member.HasRooms)
        {
            Rooms.RemoveFromAll(member, member.Rooms);
        }

        if (member.UserId is { } userId)
        {
            Users.Remove(userId, member);
        }
    }

    /// <summary>A client asks to join: makes its hub, lets it decide, and starts to dispatch. For the receive loop.</summary>
    public abstract void Open(HubMember member);

    /// <summary>A client's session moved to another transport: tells its hub, in turn. For the receive loop.</summary>
    public abstract void Upgrade(HubMember member, Upgraded upgraded);

    /// <summary>A client reads too slowly: tells its hub, in turn. For the receive loop.</summary>
    public abstract void FallBehind(HubMember member, ConsumerBehind behind);

    /// <summary>Events of a client's were refused: tells its hub, in turn. For the receive loop.</summary>
    public abstract void TellOfRefused(HubMember member);

    /// <summary>Asks whether the user of a client may connect. Returns null for yes.</summary>
    public async ValueTask<Unauthorized?> AuthorizeAsync(HubMember member) =>
        Pipeline.Authorization is { } authorization && await authorization.RefuseAsync(member, member.Shown) is { } fault
            ? new Unauthorized(fault is RemoteFault.Unauthenticated ? "The user is not authenticated." : "The user may not connect.")
            : null;

    /// <summary>The user of a client has been seen anew: asks, in turn, whether it may stay. For the receive loop.</summary>
    public void Reauthorize(HubMember member)
    {
        if (Pipeline.Authorization is not null)
        {
            member.Channel.Run(() => ReauthorizeAsync(member));
        }
    }

    /// <summary>A client is gone: tells its hub, in turn behind the events that it sent. For the receive loop.</summary>
    public abstract void Close(HubMember member, DisconnectReason reason);

    private async ValueTask ReauthorizeAsync(HubMember member)
    {
        try
        {
            if (member.HasJoined && await AuthorizeAsync(member) is { } refusal)
            {
                // The client went on sending while its user was asked about.
                member.Expel(refusal);
            }
        }
        catch (Exception exception)
        {
            // As when connecting: who cannot be asked about is not let be.
            member.Fail($"{member.Hub!.GetType().Name}.{Authorize}", exception);
        }
    }
}

/// <inheritdoc/>
internal sealed partial class HubNamespace<TClient, [DynamicallyAccessedMembers(HubMembers.Needed)] THub> : HubNamespace
    where TClient : class, IClientEvents
    where THub : Hub<TClient>
{
    private static readonly ObjectFactory<THub> s_createHub = ActivatorUtilities.CreateFactory<THub>([]);

    // A hub whose constructors ask for nothing needs no scope, which would live as long as its client.
    private static readonly bool s_needsServices = Array.Exists(typeof(THub).GetConstructors(), constructor => constructor.GetParameters().Length > 0);

    private readonly Func<THub, EventDispatcher?> _createDispatcher;

    /// <exception cref="InvalidOperationException">The contract says who may connect and the hub does not decide it, or the other way round.</exception>
    public HubNamespace(
        uint number,
        ContractShape shape,
        ConnectAuthentication? authentication,
        Func<EventSender, TClient> createProxy,
        Func<THub, EventDispatcher?> createDispatcher,
        HubPipeline pipeline,
        IServiceProvider services,
        TypedSocketServerOptions options)
        : base(number, shape, authentication, pipeline, services, options)
    {
        CheckHub(shape, authentication);
        _createDispatcher = createDispatcher;
        Proxies = new ProxyFactory<TClient>(this, createProxy);
    }

    public ProxyFactory<TClient> Proxies { get; }

    public override void Open(HubMember member)
    {
        // Where nobody is asked, the client is told before its hub is made; what lets one come back may have to wait.
        var connected = Authentication is null && Pipeline.Authorization is null && member.RecoveryRequest is null ? member.Connection.TryAdmit(member) : null;
        if (connected is null)
        {
            member.Channel.Pend();
        }

        if (!EventLimits.TryLimit(member))
        {
            return;
        }

        AsyncServiceScope? scope = s_needsServices ? Scopes.CreateAsyncScope() : null;
        THub hub;
        try
        {
            hub = s_createHub(scope?.ServiceProvider ?? NoServices.Instance, null);
        }
        catch (Exception exception)
        {
            // Whatever keeps a hub from being made is a fault of the server, not of this client or the others.
            _ = scope?.DisposeAsync().AsTask();
            member.Fail($"{typeof(THub).Name} constructor", exception);
            member.Limits?.Dispose();
            return;
        }

        hub.Attach(member);
        member.Attach(hub, scope);
        if (connected is not null)
        {
            Join(hub, member);
        }

        Func<ValueTask> first = connected is null ? () => AdmitAsync(hub, member) : () => ConnectAsync(hub, member, connected);
        member.Channel.Start(CreateDispatcher(hub, member), first, hub is IDynamicEventHandler handler ? Around(handler.OnAny, member) : null);
    }

    public override void Close(HubMember member, DisconnectReason reason) => member.Channel.Finish(() => DisconnectAsync(member, reason));

    public override void Upgrade(HubMember member, Upgraded upgraded)
    {
        if (member.Hub is THub hub)
        {
            member.Channel.Run(() => member.HasJoined ? hub.OnUpgraded(upgraded) : default);
        }
    }

    public override void FallBehind(HubMember member, ConsumerBehind behind)
    {
        if (member.Hub is THub hub)
        {
            member.Channel.Run(() => member.HasJoined ? hub.OnBehind(behind) : default);
        }
    }

    public override void TellOfRefused(HubMember member)
    {
        if (member.Hub is THub hub)
        {
            // Taken when it is the hub's turn: those that are refused until then are told with it.
            member.Channel.Run(() => hub.OnEventRefused(member.TakeRefused()));
        }
    }

    private static void CheckHub(ContractShape shape, ConnectAuthentication? authentication)
    {
        var asked = authentication?.HubInterface;
        if (asked is null && typeof(IAuthenticateClients).IsAssignableFrom(typeof(THub)))
        {
            throw new InvalidOperationException($"Hub '{typeof(THub)}' decides who may connect, and contract '{shape.Name}' has nothing to decide by: set Auth of its [EventContract].");
        }

        if (asked?.IsAssignableFrom(typeof(THub)) is false)
        {
            throw new InvalidOperationException($"Contract '{shape.Name}' says by what a client may connect, and hub '{typeof(THub)}' does not decide it: implement '{asked}'.");
        }
    }

    private EventDispatcher? CreateDispatcher(THub hub, HubMember member)
    {
        var dispatcher = _createDispatcher(hub);
        if (dispatcher is not null && Pipeline.HasEvents)
        {
            dispatcher.Interceptor = new HubInterceptor(Pipeline, member);
        }

        return dispatcher is not null && member.Limits is { } limits ? new LimitedDispatcher(dispatcher, member, limits) : dispatcher;
    }

    private Func<DynamicEvent, ValueTask> Around(Func<DynamicEvent, ValueTask> handler, HubMember member)
    {
        var filtered = Pipeline.Around(member, handler);
        return member.Limits is { } limits ? dynamicEvent => limits.HandleAsync(member, dynamicEvent, filtered) : filtered;
    }

    private void Join(THub hub, HubMember member)
    {
        hub.Join(Proxies);
        member.HasJoined = true;
        if (member.Recoverable is { } client)
        {
            Recovery!.Join(member, client);
        }
        else
        {
            Enter(member);
        }
    }

    private async ValueTask ConnectAsync(THub hub, HubMember member, Connected connected)
    {
        try
        {
            await (Pipeline.HasFilters ? FilterConnectAsync(hub, member, connected) : hub.OnConnected(connected));
        }
        catch (Exception exception)
        {
            member.Fail($"{typeof(THub).Name}.{nameof(hub.OnConnected)}", exception);
        }
    }

    // Apart from ConnectAsync, which would make the closure for every client.
    private ValueTask FilterConnectAsync(THub hub, HubMember member, Connected connected) => Pipeline.ConnectAsync(member, connected, () => hub.OnConnected(connected));

    private async ValueTask DisconnectAsync(HubMember member, DisconnectReason reason)
    {
        if (member.Hub is not THub hub)
        {
            return;
        }

        if (!member.HasJoined)
        {
            await TryAsync(member.ReleaseAsync, "Dispose");
            return;
        }

        // Each step is tried whatever became of the one before: a hub that fails must not leave its client in the rooms.
        await TryAsync(() => hub.OnDisconnecting(reason), nameof(hub.OnDisconnecting));
        if (member.Recoverable is { } client)
        {
            Recovery!.Leave(member, client, reason);
        }
        else
        {
            Exit(member);
        }

        await TryAsync(
            () => Pipeline.HasFilters ? Pipeline.DisconnectAsync(member, reason, () => hub.OnDisconnected(reason)) : hub.OnDisconnected(reason),
            nameof(hub.OnDisconnected));

        // Streams that the hub produces have been cancelled, and run outside its turn: what they use is there until they have noticed.
        await member.Channel.WhenStreamsEndedAsync();
        await TryAsync(member.ReleaseAsync, "Dispose");
        if (member.Recoverable is { } away)
        {
            Recovery!.Release(member, away);
        }

        async ValueTask TryAsync(Func<ValueTask> step, string name)
        {
            try
            {
                await step();
            }
            catch (Exception exception)
            {
                member.Connection.OnHandlerFault($"{typeof(THub).Name}.{name}", exception);
            }
        }
    }
}

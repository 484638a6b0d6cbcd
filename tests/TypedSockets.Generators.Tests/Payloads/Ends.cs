using TypedSockets.Events;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>Reaches the generated code of a contract as the runtime does: through its type arguments.</summary>
internal static class Ends
{
    public static ContractShape Shape<TServer, TClient>(Contract<TServer, TClient> _)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents => TServer.Shape;

    public static TServer CreateServerProxy<TServer, TClient>(EventSender sender)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents => TServer.CreateServerProxy(sender);

    public static TClient CreateClientProxy<TServer, TClient>(EventSender sender)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents => TServer.CreateClientProxy(sender);

    public static EventDispatcher CreateServerDispatcher<TServer, TClient>(TServer handler)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents => TServer.CreateServerDispatcher(handler);

    public static EventDispatcher CreateClientDispatcher<TServer, TClient>(TClient handler)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents => TServer.CreateClientDispatcher(handler);
}

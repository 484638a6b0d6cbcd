using TypedSockets;

namespace Samples.TSOCK0303;

#if VIOLATION
public static class Farewell
{
    public static string Of(DisconnectReason reason) => reason switch
    {
        ClientDisconnect or ServerDisconnect => "Goodbye.",
        ServerShuttingDown or TransportClose or TransportError or PingTimeout => "Back in a moment.",
        Unauthorized => "Please sign in.",
        ContractMismatch => "Please update.",
    };
}
#else
public static class Farewell
{
    public static string Of(DisconnectReason reason) => reason switch
    {
        ClientDisconnect or ServerDisconnect => "Goodbye.",
        ServerShuttingDown or TransportClose or TransportError or PingTimeout => "Back in a moment.",
        Unauthorized => "Please sign in.",
        ContractMismatch => "Please update.",
        _ => reason.Description,
    };
}
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask Leave(string room);

    ValueTask<int> Count(string room);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

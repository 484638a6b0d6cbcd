using TypedSockets;

namespace Samples.TSOCK0108;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event("disconnect")]
    void Leave(string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event("leave")]
    void Leave(string room);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

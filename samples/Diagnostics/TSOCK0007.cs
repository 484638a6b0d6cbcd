using TypedSockets;

namespace Samples.TSOCK0007;

#if VIOLATION
[EventContract("/talk")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

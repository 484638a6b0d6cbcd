using TypedSockets;

namespace Samples.TSOCK0005;

#if VIOLATION
[EventContract("chat")]
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

using TypedSockets;

namespace Samples.TSOCK0006;

#if VIOLATION
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

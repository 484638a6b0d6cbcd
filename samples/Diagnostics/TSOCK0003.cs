using TypedSockets;

namespace Samples.TSOCK0003;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer<TText> : IServerEvents<IChatServer<TText>, IChatClient>
{
    void Say(TText text);
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

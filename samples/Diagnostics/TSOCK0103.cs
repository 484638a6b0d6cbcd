using TypedSockets;

namespace Samples.TSOCK0103;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    int Count(string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<int> Count(string room);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

using TypedSockets;

namespace Samples.TSOCK0131;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event(TimeoutSeconds = -1)]
    ValueTask<int> Count(string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event(TimeoutSeconds = 2.5)]
    ValueTask<int> Count(string room);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

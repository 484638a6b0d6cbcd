using TypedSockets;

namespace Samples.TSOCK0104;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    IAsyncEnumerable<string> History(string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<IReadOnlyList<string>> History(string room, int skip, int take);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

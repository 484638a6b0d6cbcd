using TypedSockets;

namespace Samples.TSOCK0105;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask Join(CancellationToken cancellationToken, string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask Join(string room, CancellationToken cancellationToken = default);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

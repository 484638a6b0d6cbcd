using TypedSockets;

namespace Samples.TSOCK0106;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(params string[] lines);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(IReadOnlyList<string> lines);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

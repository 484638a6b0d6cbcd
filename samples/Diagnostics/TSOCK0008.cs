using TypedSockets;

namespace Samples.TSOCK0008;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string room, string text);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text, string room = "lobby");
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

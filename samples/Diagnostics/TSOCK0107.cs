using TypedSockets;

namespace Samples.TSOCK0107;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);

    void Say(string text, string room);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);

    [Event("SayIn")]
    void Say(string text, string room);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

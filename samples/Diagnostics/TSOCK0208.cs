using TypedSockets;

namespace Samples.TSOCK0208;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message([Interned] string[] Rooms, string Text);
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message([Interned] string Room, string Text);
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

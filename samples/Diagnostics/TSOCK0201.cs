using TypedSockets;

namespace Samples.TSOCK0201;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message(string Text, object Sender);
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message(string Text, Member Sender);

public sealed record Member(long Id, string Name);
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

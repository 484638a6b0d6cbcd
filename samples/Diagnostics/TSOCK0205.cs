using MessagePack;
using TypedSockets;

namespace Samples.TSOCK0205;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

[MessagePackObject]
public sealed record Message([property: Key(0)] string Text, [property: Key("sender")] long Sender);
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

[MessagePackObject]
public sealed record Message([property: Key(0)] string Text, [property: Key(1)] long Sender);
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

using TypedSockets;

namespace Samples.TSOCK0130;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Fault<NotAMember>]
    void Say(string room, string text);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Fault<NotAMember>]
    ValueTask Say(string room, string text);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

public sealed record NotAMember(string Room);

using TypedSockets;

namespace Samples.TSOCK0009;

#if VIOLATION
public sealed record Line(string Who, DateTimeOffset At, string Text);
#else
public sealed record Line(string Who, string Text, DateTimeOffset At = default);
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);
}

public interface IChatClient : IClientEvents
{
    void Said(Line line);
}

using TypedSockets;

namespace Samples.TSOCK0202;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed class Message(string text, TimeProvider clock)
{
    public string Text { get; } = text;

    public DateTimeOffset At { get; } = clock.GetUtcNow();
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed class Message(string text, DateTimeOffset at)
{
    public string Text { get; } = text;

    public DateTimeOffset At { get; } = at;
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

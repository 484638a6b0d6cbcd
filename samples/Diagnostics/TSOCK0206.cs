using TypedSockets;

namespace Samples.TSOCK0206;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Notice notice);
}

[Union(0, typeof(Joined))]
[Union(0, typeof(Left))]
public abstract record Notice;

public sealed record Joined(string Name) : Notice;

public sealed record Left(string Name) : Notice;
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Notice notice);
}

[Union(0, typeof(Joined))]
[Union(1, typeof(Left))]
public abstract record Notice;

public sealed record Joined(string Name) : Notice;

public sealed record Left(string Name) : Notice;
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

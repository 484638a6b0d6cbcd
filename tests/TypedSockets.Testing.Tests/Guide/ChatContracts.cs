namespace TypedSockets.Testing.Tests.Guide;

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<Joined> Join(string room);

    void Say(string room, string text);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

public sealed record Joined(string Room, IReadOnlyList<string> Members);

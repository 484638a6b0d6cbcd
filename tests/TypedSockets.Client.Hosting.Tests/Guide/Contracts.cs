namespace TypedSockets.Client.Hosting.Tests.Guide;

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

[EventContract("/prices")]
public partial interface IPriceServer : IServerEvents<IPriceServer, IPriceClient>;

public interface IPriceClient : IClientEvents;

public sealed class PriceView : IPriceClient;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>A contract whose clients come back.</summary>
[EventContract("/lost")]
public partial interface IRecoveryServer : IServerEvents<IRecoveryServer, IRecoveryClient>
{
    ValueTask Enter(string room);

    ValueTask Leave(string room);

    /// <summary>Keeps a text with the connection, and in a field of the hub.</summary>
    ValueTask Remember(string text);

    /// <summary>What the hub knows.</summary>
    ValueTask<HubView> Look();

    ValueTask Kick();

    ValueTask<string> AskBack(string question);

    void Tell(string target, string text);
}

public interface IRecoveryClient : IClientEvents
{
    void Told(string text);

    void Nudged();

    void Given(byte[] bytes);

    [Event(Delivery = Delivery.Droppable)]
    void Hinted(string text);

    [Event(Delivery = Delivery.Latest)]
    void Moved(string text, int x);

    ValueTask<string> Ask(string question);
}

public sealed record HubView(string Id, bool Recovered, string[] Rooms, string? Remembered, string? Field);

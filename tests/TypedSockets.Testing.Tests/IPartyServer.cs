namespace TypedSockets.Testing.Tests;

/// <summary>A contract with what tests of both ends need, and clients that say who they are.</summary>
[EventContract("/party", Auth = typeof(Invitation))]
public partial interface IPartyServer : IServerEvents<IPartyServer, IPartyClient>
{
    ValueTask<string> WhoAmI();

    ValueTask<int> Add(int left, int right);

    void Note(int number);

    ValueTask<string> AskMeBack(string question);

    ValueTask WaitForever(CancellationToken cancellationToken);

    /// <summary>Answers when the guest book lets it.</summary>
    ValueTask<string> Finish();

    ValueTask Throw(string message);

    void Shout(string text);

    void Play(int points);

    ValueTask Leave(string text);
}

public interface IPartyClient : IClientEvents
{
    void Heard(string text);

    [Event(Delivery = Delivery.Latest)]
    void Score(int points);

    [Event(Delivery = Delivery.Droppable)]
    void Hint(int number);

    ValueTask<string> Answer(string question);
}

public sealed record Invitation(string Guest);

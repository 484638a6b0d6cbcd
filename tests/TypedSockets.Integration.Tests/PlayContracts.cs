namespace TypedSockets.Integration.Tests;

/// <summary>A contract with one event of each kind.</summary>
[EventContract("/play")]
public partial interface IPlayServer : IServerEvents<IPlayServer, IPlayClient>
{
    ValueTask<Person> Greet(string name, int age, CancellationToken cancellationToken = default);

    ValueTask Work(string what);

    Task<int> Sum(int[] numbers);

    void Say(string room, string text);

    ValueTask Enter(string room);

    ValueTask<string> AskMeBack(string question);

    ValueTask<bool> WaitForCancel(CancellationToken cancellationToken);

    ValueTask Throw(string message);

    void ThrowOneWay(string message);

    ValueTask<int[]> Return(int count);

    ValueTask<string> WhoAmI();

    ValueTask Kick(string text);

    ValueTask SayTo(string target, string text);

    ValueTask<string> AskEverybody(string question);
}

public interface IPlayClient : IClientEvents
{
    void Said(string text);

    ValueTask<string> Answer(string question, CancellationToken cancellationToken = default);

    void Left(string who, string why);
}

public sealed record Person(string Name, int Age, DateTimeOffset At);

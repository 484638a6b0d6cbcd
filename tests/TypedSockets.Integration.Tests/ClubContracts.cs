namespace TypedSockets.Integration.Tests;

/// <summary>A contract whose events have faults, timeouts and concurrency, and whose two ends ask each other.</summary>
[EventContract("/club")]
public partial interface IClubServer : IServerEvents<IClubServer, IClubClient>
{
    [Fault<NotAMember>]
    [Fault<ClubFull>("Full")]
    ValueTask<int> Enter(string club);

    ValueTask Undeclared();

    [Event(TimeoutSeconds = 0.2)]
    ValueTask<bool> Hurry(CancellationToken cancellationToken = default);

    ValueTask<bool> Linger(CancellationToken cancellationToken = default);

    /// <summary>The server asks the client, which may ask back, and so on.</summary>
    ValueTask<string> Dive(int depth, CancellationToken cancellationToken = default);

    void Note(string text);

    ValueTask<string> Notes();

    [Event(Concurrency = Concurrency.Concurrent)]
    ValueTask<int> Beside(int number);

    [Event(Concurrency = Concurrency.Keyed)]
    ValueTask<string> Edit(int revision, [ConcurrencyKey] string document);
}

public interface IClubClient : IClientEvents
{
    [Fault<NotAMember>]
    ValueTask<string> Dive(int depth, CancellationToken cancellationToken = default);
}

public sealed record NotAMember(string Club, byte[] Proof);

public sealed record ClubFull(int Limit);

namespace TypedSockets.Integration.Tests.Streams;

/// <summary>A contract with streams of each kind, in both directions.</summary>
[EventContract("/streams")]
public partial interface IStreamServer : IServerEvents<IStreamServer, IStreamClient>
{
    IAsyncEnumerable<int> Count(string name, int count, CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> CountAndFail(string name, int failAt);

    IAsyncEnumerable<int> CountAndWait(string name, int count);

    IAsyncEnumerable<byte[]> Blocks(int count, int size);

    IAsyncEnumerable<Line> History(string room, int take);

    ValueTask<long> Sum(string name, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    ValueTask TakeSome(int take, IAsyncEnumerable<int> numbers);

    ValueTask<string> TakeSomeThenWait(string name, int take, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> Add(IAsyncEnumerable<int> left, IAsyncEnumerable<int> right);

    ValueTask<int> Ping(int number);

    ValueTask<int> AskForCountdown(int from, int take);

    ValueTask<string> GiveParts(int count);

    ValueTask<string> CountdownOf(string target);
}

public interface IStreamClient : IClientEvents
{
    IAsyncEnumerable<int> Countdown(int from);

    ValueTask<string> Join(IAsyncEnumerable<string> parts, string separator);
}

public sealed record Line(long Id, string? Text);

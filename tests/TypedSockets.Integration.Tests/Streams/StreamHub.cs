using System.Globalization;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Streams;

public sealed class StreamHub(StreamLog log) : Hub<IStreamClient>, IStreamServer
{
    public IAsyncEnumerable<int> Count(string name, int count, CancellationToken cancellationToken) => log[name].Numbers(count);

    public IAsyncEnumerable<int> CountAndFail(string name, int failAt) => log[name].Numbers(int.MaxValue, failAt);

    public IAsyncEnumerable<int> CountAndWait(string name, int count) => log[name].Numbers(count, waits: true);

    public async IAsyncEnumerable<byte[]> Blocks(int count, int size)
    {
        for (var index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return new byte[size];
        }
    }

    public async IAsyncEnumerable<Line> History(string room, int take)
    {
        for (var id = 0; id < take; id++)
        {
            await Task.Yield();
            yield return new Line(id, id % 2 == 0 ? room : null);
        }
    }

    public async ValueTask<long> Sum(string name, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        try
        {
            var sum = 0L;
            await foreach (var number in numbers)
            {
                sum += number;
            }

            log.End(name, null);
            return sum;
        }
        catch (Exception exception)
        {
            log.End(name, exception);
            throw;
        }
    }

    public async ValueTask TakeSome(int take, IAsyncEnumerable<int> numbers)
    {
        if (take > 0)
        {
            await foreach (var number in numbers)
            {
                if (number == take - 1)
                {
                    break;
                }
            }
        }
    }

    public async ValueTask<string> TakeSomeThenWait(string name, int take, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        await TakeSome(take, numbers);
        log.End(name, null);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return name;
    }

    public async IAsyncEnumerable<int> Add(IAsyncEnumerable<int> left, IAsyncEnumerable<int> right)
    {
        await using var other = right.GetAsyncEnumerator();
        await foreach (var number in left)
        {
            yield return number + (await other.MoveNextAsync() ? other.Current : 0);
        }
    }

    public ValueTask<int> Ping(int number) => new(number);

    public async ValueTask<int> AskForCountdown(int from, int take)
    {
        var sum = 0;
        await foreach (var number in Clients.Caller.Countdown(from))
        {
            sum += number;
            if (--take == 0)
            {
                break;
            }
        }

        return sum;
    }

    public ValueTask<string> GiveParts(int count) => Clients.Caller.Join(Parts(count), "-");

    public async ValueTask<string> CountdownOf(string target)
    {
        var client = target == "all" ? Clients.All : Clients.Client(target);
        await foreach (var number in client.Countdown(1))
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        return "nothing";
    }

    private static async IAsyncEnumerable<string> Parts(int count)
    {
        for (var index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return index.ToString(CultureInfo.InvariantCulture);
        }
    }
}

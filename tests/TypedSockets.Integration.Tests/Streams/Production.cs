using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TypedSockets.Integration.Tests.Streams;

/// <summary>A sequence of numbers that knows how far it has been read.</summary>
public sealed class Production
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _produced;
    private int _enumerations;

    public int Produced => Volatile.Read(ref _produced);

    public int Enumerations => Volatile.Read(ref _enumerations);

    public bool WasCancelled { get; private set; }

    public Task WhenDisposedAsync() => _disposed.Task.WaitAsync(s_patience);

    /// <summary>Counts from 0.</summary>
    /// <param name="count">How far.</param>
    /// <param name="failAt">The number that is not reached.</param>
    /// <param name="waits">Whether there is no end to it.</param>
    public IAsyncEnumerable<int> Numbers(int count, int failAt = -1, bool waits = false) => CountAsync(count, failAt, waits);

    private async IAsyncEnumerable<int> CountAsync(int count, int failAt, bool waits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _enumerations);
        try
        {
            for (var number = 0; number < count; number++)
            {
                if (number == failAt)
                {
                    throw new InvalidOperationException("as asked");
                }

                if (number % 100 == 99)
                {
                    // Most come at once, some have to be waited for.
                    await Task.Yield();
                }

                Interlocked.Increment(ref _produced);
                yield return number;
            }

            if (waits)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
        finally
        {
            WasCancelled = cancellationToken.IsCancellationRequested;
            _disposed.TrySetResult();
        }
    }
}

/// <summary>The productions of a hub, and what it met, by name.</summary>
public sealed class StreamLog
{
    private readonly ConcurrentDictionary<string, Production> _productions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Exception?>> _ends = new();

    public Production this[string name] => _productions.GetOrAdd(name, _ => new Production());

    public bool Knows(string name) => _productions.ContainsKey(name);

    public void End(string name, Exception? why) => EndOf(name).TrySetResult(why);

    /// <summary>How the reading of a stream ended; null for an end like any other.</summary>
    public Task<Exception?> WaitForEndAsync(string name) => EndOf(name).Task.WaitAsync(TimeSpan.FromSeconds(30));

    private TaskCompletionSource<Exception?> EndOf(string name) => _ends.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

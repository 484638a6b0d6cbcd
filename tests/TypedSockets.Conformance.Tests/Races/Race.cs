namespace TypedSockets.Conformance.Tests.Races;

/// <summary>Lets several things happen at one moment, many times.</summary>
internal static class Race
{
    public const int Rounds = 500;

    private const int HeadStarts = 7;
    private const int SpinsPerHeadStart = 400;

    /// <summary>Runs all of them, each on a thread of its own, from one starting line. Over the rounds each gets a head start of up to about a tenth of a millisecond, so that it is not always the same one that wins.</summary>
    public static async Task RunAsync(int round, params Func<Task>[] runners)
    {
        using var line = new Barrier(runners.Length);
        var running = runners.Select((runner, index) => Task.Factory.StartNew(
            () =>
            {
                line.SignalAndWait();
                Thread.SpinWait(round * (index + 1) % HeadStarts * SpinsPerHeadStart);
                return runner();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap());
        await Task.WhenAll(running.ToArray());
    }

    /// <summary>The same for what happens at once.</summary>
    public static Func<Task> Do(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}

using System.Collections.Concurrent;
using TypedSockets.Lifecycle.Tests.Scenarios;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>Runs every scenario on every transport once, some at a time, for all tests that look at what was observed.</summary>
public sealed class ScenarioRuns : IAsyncLifetime
{
    private const int AtATime = 12;

    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly Dictionary<(string What, Way Way), Task<Observation>> _ends;
    private readonly Dictionary<string, Task<UpgradeObservation>> _upgrades;
    private readonly ConcurrentQueue<Exception> _unobserved = new();

    public ScenarioRuns()
    {
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        _ends = Groups.SelectMany(group => group.Scenarios).SelectMany(scenario => scenario.Ways.Select(way => (scenario, way)))
            .ToDictionary(run => (run.scenario.What, run.way), run => Task.Run(() => TakeTurnAsync(() => Stage.RunAsync(run.scenario, run.way))));
        _upgrades = Upgrades.All.ToDictionary(scenario => scenario.What, scenario => Task.Run(() => TakeTurnAsync(() => Stage.RunAsync(scenario, Way.Upgraded, stage => Upgrades.ObserveAsync(stage, scenario)))));
    }

    internal static (string Title, Scenario[] Scenarios)[] Groups { get; } =
    [
        ("Somebody decided", Decisions.All),
        ("A process or the network failed", Outages.All),
        ("A peer broke a rule, or could not keep up", Violations.All),
        ("It never came to be", Refusals.All),
    ];

    internal IEnumerable<Exception> Unobserved => _unobserved;

    internal Task<Observation> EndOf(string what, Way way) => _ends[(what, way)];

    internal Task<UpgradeObservation> UpgradeOf(string what) => _upgrades[what];

    public ValueTask InitializeAsync() => default;

    /// <summary>No run goes on behind its test.</summary>
    public async ValueTask DisposeAsync()
    {
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        await Task.WhenAll(_ends.Values.Cast<Task>().Concat(_upgrades.Values)).ContinueWith(_ => { }, TaskScheduler.Default);
        _places.Dispose();
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args) => _unobserved.Enqueue(args.Exception);

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> run)
    {
        await _places.WaitAsync();
        try
        {
            return await run();
        }
        finally
        {
            _places.Release();
        }
    }
}

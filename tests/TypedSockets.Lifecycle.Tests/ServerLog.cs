using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>The log of one server: what happened to upgrades, and what an operator would have to look at.</summary>
internal sealed class ServerLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<UpgradeFailed> _upgradeFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Errors => _errors;

    public Task<UpgradeFailed> UpgradeFailed => _upgradeFailed.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            _errors.Enqueue($"{formatter(state, exception)} {exception}");
        }

        if (state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Select(value => value.Value).OfType<UpgradeFailed>().FirstOrDefault() is { } failed)
        {
            _upgradeFailed.TrySetResult(failed);
        }
    }

    public void Dispose()
    {
    }
}

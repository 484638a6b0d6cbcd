using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>What both ends of a test see: the hubs' connections, what clients are told, and what the server writes to its log.</summary>
public sealed class SkewLog : ILoggerProvider, ILogger
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<Connected> _connected = Channel.CreateUnbounded<Connected>();
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Raises an event at the caller, at everybody, and another one that the caller does have; says what became of the first.</summary>
    public static string Raise(Action atCaller, Action atAll, Action other)
    {
        var became = "sent";
        try
        {
            atCaller();
        }
        catch (EventNotSupportedException exception)
        {
            became = exception.Message;
        }

        atAll();
        other();
        return became;
    }

    public void Add(Connected connected) => _connected.Writer.TryWrite(connected);

    public void Told(string text) => _told.Writer.TryWrite(text);

    public Task<Connected> NextConnectedAsync() => _connected.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public Task<string> NextToldAsync() => _told.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    /// <summary>Returns the next line of the server's log that contains a text.</summary>
    public async Task<string> NextLineAsync(string part)
    {
        while (true)
        {
            var line = await _lines.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Writer.TryWrite(formatter(state, exception));

    public void Dispose()
    {
    }
}

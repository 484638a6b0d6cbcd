using System.Collections.Concurrent;

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>An Engine.IO server that echoes every message, closes the session that sends 'close', and tells its tests what happens inside it.</summary>
internal abstract class EngineServer : IAsyncDisposable
{
    /// <summary>A request with this header is reported as soon as the server holds it.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _closings = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _arrivals = new();

    public abstract Uri Address { get; }

    /// <summary>Waits for the end of a session; the reason in Socket.IO's words.</summary>
    public Task<string> WhenClosedAsync(string sid) => Of(_closings, sid).Task.WaitAsync(s_patience);

    /// <summary>Completes when the server has begun with a request, so what is sent next comes second.</summary>
    public Task WhenArrivedAsync(string request) => Of(_arrivals, request).Task.WaitAsync(s_patience);

    public abstract ValueTask DisposeAsync();

    protected void OnClosed(string sid, string reason) => Of(_closings, sid).TrySetResult(reason);

    protected void OnArrived(string request) => Of(_arrivals, request).TrySetResult(request);

    private static TaskCompletionSource<string> Of(ConcurrentDictionary<string, TaskCompletionSource<string>> sources, string key) =>
        sources.GetOrAdd(key, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}

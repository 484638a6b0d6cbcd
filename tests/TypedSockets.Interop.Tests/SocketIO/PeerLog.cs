using System.Collections.Concurrent;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>What hubs saw, to be awaited by tests.</summary>
public sealed class PeerLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<object>> _entries = new();

    /// <summary>What the request 'Never' waits for.</summary>
    public TaskCompletionSource<string> Never { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Disconnected(string connectionId, DisconnectReason reason) => Entry($"end {connectionId}").TrySetResult(reason);

    public void Refused(string connectionId, EventRefused refused) => Entry($"refused {connectionId} {refused.Event}").TrySetResult(refused);

    public async Task<DisconnectReason> WhenEndedAsync(string connectionId) => (DisconnectReason)await Entry($"end {connectionId}").Task.WaitAsync(s_patience);

    public async Task<EventRefused> WhenRefusedAsync(string connectionId, string @event) => (EventRefused)await Entry($"refused {connectionId} {@event}").Task.WaitAsync(s_patience);

    private TaskCompletionSource<object> Entry(string key) => _entries.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

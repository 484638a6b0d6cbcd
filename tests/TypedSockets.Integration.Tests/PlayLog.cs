using System.Collections.Concurrent;

namespace TypedSockets.Integration.Tests;

/// <summary>What hubs did, to be awaited by tests.</summary>
public sealed class PlayLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _entries = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DisconnectReason>> _ended = new();

    /// <summary>What <see cref="PlayHub"/> does beside when a client connects.</summary>
    public Action OnConnected { get; set; } = () => { };

    public void Add(string entry) => Entry(entry).TrySetResult();

    /// <summary>Adds an entry that may be there already, which makes it another one.</summary>
    public void AddOnceMore(string entry) => Add(Entry(entry).Task.IsCompleted ? $"{entry} again" : entry);

    public void Disconnected(string connectionId, DisconnectReason reason) => Ended(connectionId).TrySetResult(reason);

    public Task WaitForAsync(string entry) => Entry(entry).Task.WaitAsync(s_patience);

    public Task<DisconnectReason> WaitForEndAsync(string connectionId) => Ended(connectionId).Task.WaitAsync(s_patience);

    private TaskCompletionSource Entry(string entry) => _entries.GetOrAdd(entry, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource<DisconnectReason> Ended(string id) => _ended.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

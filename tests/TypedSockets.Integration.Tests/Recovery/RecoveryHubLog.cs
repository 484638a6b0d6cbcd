using System.Collections.Concurrent;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>What hubs did, to be awaited by tests, and what they send through.</summary>
public sealed class RecoveryHubLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _entries = new();
    private readonly ConcurrentDictionary<string, HubClients<IRecoveryClient>> _clients = new();

    /// <summary>What a hub waits for when its client has connected, by the connection's id.</summary>
    public Func<string, Task> AtConnected { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a hub waits for when its client is gone.</summary>
    public Func<string, Task> AtDisconnecting { get; set; } = _ => Task.CompletedTask;

    public void Connected(string id, HubClients<IRecoveryClient> clients)
    {
        _clients[id] = clients;
        Add($"connected {id}");
    }

    /// <summary>What the last hub of a connection sends through.</summary>
    public HubClients<IRecoveryClient> Clients(string id) => _clients[id];

    public void Add(string entry) => Entry(entry).TrySetResult();

    public Task WaitForAsync(string entry) => Entry(entry).Task.WaitAsync(s_patience);

    public static IRecoveryClient To(HubClients<IRecoveryClient> clients, string target) => target.Split(' ', 2) switch
    {
        ["all"] => clients.All,
        ["caller"] => clients.Caller,
        ["others"] => clients.Others,
        ["room", var room] => clients.Room(room),
        ["client", var id] => clients.Client(id),
        ["user", var user] => clients.User(user),
        ["except", var id] => clients.Except(id),
        _ => throw new ArgumentException($"'{target}' is no target.", nameof(target)),
    };

    private TaskCompletionSource Entry(string entry) => _entries.GetOrAdd(entry, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

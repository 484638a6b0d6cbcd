using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>What hubs did, and who is there.</summary>
public sealed class FlowLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<FlowHub>> _hubs = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DisconnectReason>> _ended = new();

    public Channel<(string Event, int Number)> Received { get; } = Channel.CreateUnbounded<(string, int)>();

    /// <summary>A hub was told that its client is behind.</summary>
    public TaskCompletionSource<ConsumerBehind> Behind { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A handler holds.</summary>
    public TaskCompletionSource Holding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the handlers go on that hold.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Joined(FlowHub hub) => Hub(hub.Connection.Id).SetResult(hub);

    public void Left(FlowHub hub, DisconnectReason reason) => End(hub.Connection.Id).SetResult(reason);

    public Task<ConsumerBehind> BehindAsync() => Behind.Task.WaitAsync(s_patience);

    public Task HoldingAsync() => Holding.Task.WaitAsync(s_patience);

    public Task<FlowHub> HubAsync(string connectionId) => Hub(connectionId).Task.WaitAsync(s_patience);

    public Task<DisconnectReason> EndAsync(string connectionId) => End(connectionId).Task.WaitAsync(s_patience);

    private TaskCompletionSource<FlowHub> Hub(string id) => _hubs.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource<DisconnectReason> End(string id) => _ended.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

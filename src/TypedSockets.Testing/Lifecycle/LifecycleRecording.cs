using TypedSockets.Client;

namespace TypedSockets.Testing;

/// <summary>What one end has seen of a connection, in order, to be awaited step by step. Safe for concurrent use, but for <see cref="NextAsync{T}"/>, which one caller awaits at a time.</summary>
public sealed class LifecycleRecording
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly Func<TimeSpan> _patience;
    private readonly Lock _gate = new();
    private readonly List<ConnectionEvent> _events = [];
    private TaskCompletionSource _added = NewSignal();
    private int _next;

    internal LifecycleRecording(string name, Func<TimeSpan> patience)
    {
        _name = name;
        _patience = patience;
    }

    /// <summary>Everything that has been seen so far.</summary>
    public IReadOnlyList<ConnectionEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Records what a client sees from now on, wherever its server is.</summary>
    /// <param name="socket">The client; subscribe before it connects.</param>
    /// <param name="patience">How long each step may take, in real time; null for 30 seconds.</param>
    public static LifecycleRecording Of(TypedSocket socket, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var recording = new LifecycleRecording("The client", () => patience ?? s_patience);
        socket.Lifecycle.Subscribe(recording.Add);
        return recording;
    }

    /// <summary>Returns the next step of a kind, waiting for it: the first behind the one that was returned last. Others in between are passed over.</summary>
    /// <typeparam name="T">The kind, such as <see cref="Disconnected"/>.</typeparam>
    /// <param name="predicate">Which one of them; null for any.</param>
    /// <exception cref="TimeoutException">It did not come in time; the message says what came instead.</exception>
    public async Task<T> NextAsync<T>(Func<T, bool>? predicate = null)
        where T : ConnectionEvent
    {
        var patience = _patience();
        using var timeout = new CancellationTokenSource(patience);
        for (var index = _next; ; index++)
        {
            ConnectionEvent change;
            try
            {
                change = await GetAsync(index, timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"{_name} has not seen '{typeof(T).Name}' within {patience.TotalSeconds:0.###} s; since the last step it saw {Describe(_next)}.", exception);
            }

            if (change is T next && predicate?.Invoke(next) is not false)
            {
                _next = index + 1;
                return next;
            }
        }
    }

    internal void Add(ConnectionEvent change)
    {
        TaskCompletionSource added;
        lock (_gate)
        {
            _events.Add(change);
            (added, _added) = (_added, NewSignal());
        }

        added.SetResult();
    }

    /// <summary>What has been seen from an index on, for a message.</summary>
    internal string Describe(int from)
    {
        var events = Events.Skip(from).ToList();
        return events.Count == 0 ? "nothing" : string.Join(", then ", events);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<ConnectionEvent> GetAsync(int index, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added;
            lock (_gate)
            {
                if (index < _events.Count)
                {
                    return _events[index];
                }

                added = _added.Task;
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

using System.Collections.Concurrent;

namespace TypedSockets.Client;

/// <summary>
/// What happens to a connection, as typed events. Each subscriber sees every event from then on, one at a time and in order, on the callback context of the options or else on a
/// thread of the pool. Safe for concurrent use.
/// </summary>
public sealed class ConnectionLifecycle
{
    private readonly SynchronizationContext? _context;
    private readonly ConcurrentQueue<ConnectionEvent> _events = new();
    private readonly Lock _gate = new();
    private Action<ConnectionEvent>[] _subscribers = [];
    private int _isPublishing;

    internal ConnectionLifecycle(SynchronizationContext? context) => _context = context;

    /// <summary>Calls <paramref name="subscriber"/> for each event. What it throws is told to the other subscribers as <see cref="HandlerFailed"/>.</summary>
    /// <param name="subscriber">Must not block.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<ConnectionEvent> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            _subscribers = [.. _subscribers, subscriber];
        }

        return new Subscription(this, subscriber);
    }

    internal void Publish(ConnectionEvent change)
    {
        _events.Enqueue(change);
        if (Interlocked.Exchange(ref _isPublishing, 1) != 0)
        {
            return;
        }

        // Never on the caller's stack: it may be the receive loop, the timer or the subscriber itself.
        if (_context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static lifecycle => lifecycle.PublishQueued(), this, preferLocal: false);
        }
        else
        {
            _context.Post(static lifecycle => ((ConnectionLifecycle)lifecycle!).PublishQueued(), this);
        }
    }

    private void PublishQueued()
    {
        do
        {
            while (_events.TryDequeue(out var change))
            {
                foreach (var subscriber in _subscribers)
                {
                    Call(subscriber, change);
                }
            }

            Volatile.Write(ref _isPublishing, 0);
        }
        while (!_events.IsEmpty && Interlocked.Exchange(ref _isPublishing, 1) == 0);
    }

    private void Call(Action<ConnectionEvent> subscriber, ConnectionEvent change)
    {
        try
        {
            subscriber(change);
        }
        catch (Exception exception) when (change is not HandlerFailed)
        {
            _events.Enqueue(new HandlerFailed(nameof(Subscribe), exception));
        }
        catch (Exception)
        {
            // A subscriber that fails at being told of a failure has been told.
        }
    }

    private sealed class Subscription(ConnectionLifecycle lifecycle, Action<ConnectionEvent> subscriber) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            lock (lifecycle._gate)
            {
                var index = Array.LastIndexOf(lifecycle._subscribers, subscriber);
                if (!_isDisposed && index >= 0)
                {
                    lifecycle._subscribers = [.. lifecycle._subscribers[..index], .. lifecycle._subscribers[(index + 1)..]];
                }

                _isDisposed = true;
            }
        }
    }
}

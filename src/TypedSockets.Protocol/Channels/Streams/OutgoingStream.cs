using System.Threading.Tasks.Sources;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>
/// The writing end of one stream: enumerates its source while the reader asks for items, and sends them. The source is opened when the reader first asks, never on the receive loop, and
/// what it yields without waiting leaves together. Safe for concurrent use.
/// </summary>
/// <param name="channel">Carries the items.</param>
/// <param name="source">What is enumerated.</param>
/// <param name="number">Which stream of its call it is.</param>
/// <param name="context">Where it is enumerated; null for the thread pool.</param>
internal abstract class OutgoingStream(EventChannel channel, StreamSource source, int number, SynchronizationContext? context) : IThreadPoolWorkItem, IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _granted = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenSource? _cancellation;
    private StreamCredit _credit;
    private bool _isWaiting;
    private bool _isStopped;

    // Whether an item has been produced that has not been sent. For the enumeration alone.
    private bool _isHeld;

    /// <summary>What correlates the call that it is part of.</summary>
    public uint AckId { get; set; }

    /// <summary>How large the item was that the peer does not accept; 0 when there was none.</summary>
    protected int OversizedBytes { get; private set; }

    protected EventChannel Channel => channel;

    protected int Number => number;

    /// <summary>The reader asks for more. Returns false when it asks for more than there can be.</summary>
    public bool TryGrant(uint items, uint bytes)
    {
        bool isFirst;
        bool isAwaited;
        lock (_gate)
        {
            if (_isStopped)
            {
                return true;
            }

            if (!_credit.TryGrant(items, bytes))
            {
                return false;
            }

            if (!_credit.IsOpen)
            {
                return true;
            }

            isFirst = _cancellation is null;
            _cancellation ??= new CancellationTokenSource();
            isAwaited = _isWaiting;
            _isWaiting = false;
        }

        if (isFirst)
        {
            Start();
        }
        else if (isAwaited)
        {
            _granted.SetResult(true);
        }

        return true;
    }

    /// <summary>No more is wanted. Once it returns, nothing more is sent but the end of the stream; the source is cancelled and disposed.</summary>
    public void Stop()
    {
        bool isAwaited;
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            OnStoppedUnsynchronized();
            isAwaited = _isWaiting;
            _isWaiting = false;
        }

        if (_cancellation is null)
        {
            // It was never opened, so there is nothing to wait for.
            OnFinished(null);
            return;
        }

        // Asynchronously: whoever registered with the token must not run on the receive loop.
        _ = _cancellation.CancelAsync();
        if (isAwaited)
        {
            _granted.SetResult(false);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    bool IValueTaskSource<bool>.GetResult(short token) => _granted.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _granted.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _granted.OnCompleted(continuation, state, token, flags);

    /// <summary>The stream is stopped before its source was at its end. Called once, under the lock: no item follows what is sent here.</summary>
    protected abstract void OnStoppedUnsynchronized();

    /// <summary>The source has been disposed, or was never opened. Called once, last.</summary>
    /// <param name="failure">What the source threw; null when it came to its end or was stopped.</param>
    protected abstract void OnFinished(Exception? failure);

    /// <summary>The source ended before the stream was stopped. Called at most once, and then <see cref="OnStoppedUnsynchronized"/> never is; under the lock: no item follows what is sent here.</summary>
    /// <param name="failure">What the source threw; null when it came to its end.</param>
    protected virtual void OnEndedUnsynchronized(Exception? failure)
    {
    }

    /// <summary>Ends the stream if it has not been stopped: once it returns, nothing more is sent. Returns whether it had not.</summary>
    /// <inheritdoc cref="OnEndedUnsynchronized" path="/param"/>
    protected bool TryEnd(Exception? failure)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return false;
            }

            _isStopped = true;
            OnEndedUnsynchronized(failure);
            return true;
        }
    }

    private void Start()
    {
        if (context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        context.Post(static stream => ((IThreadPoolWorkItem)stream!).Execute(), this);
    }

    private async Task RunAsync()
    {
        var staysInContext = context is not null;
        Exception? failure = null;
        try
        {
            var items = source.Open(_cancellation!.Token);
            try
            {
                await SendAsync(items, staysInContext).ConfigureAwait(staysInContext);
            }
            finally
            {
                await items.DisposeAsync().ConfigureAwait(staysInContext);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        OnFinished(failure);
    }

    private async Task SendAsync(StreamItems items, bool staysInContext)
    {
        while (await WhenGrantedAsync().ConfigureAwait(staysInContext))
        {
            switch (SendReady(items, out var next))
            {
                case Progress.Waits when await next.ConfigureAwait(staysInContext):
                    _isHeld = true;
                    break;
                case Progress.IsHeldBack:
                    await channel.Host.WhenSentAsync().WaitAsync(_cancellation!.Token).ConfigureAwait(staysInContext);
                    break;
                case Progress.NeedsCredit:
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>Sends what comes without waiting.</summary>
    /// <param name="items">The items, the current of which may have to be sent.</param>
    /// <param name="next">What is to be waited for, where the next item does not come at once.</param>
    private Progress SendReady(StreamItems items, out ValueTask<bool> next)
    {
        next = default;
        channel.Host.Cork();
        try
        {
            while (true)
            {
                if (_isHeld && TrySend(items) is { } stopped)
                {
                    return stopped;
                }

                _isHeld = false;
                if (!IsGranted())
                {
                    return Progress.NeedsCredit;
                }

                next = items.MoveNextAsync();
                if (!next.IsCompletedSuccessfully)
                {
                    return Progress.Waits;
                }

                _isHeld = next.GetAwaiter().GetResult();
                if (!_isHeld)
                {
                    return Progress.IsOver;
                }
            }
        }
        finally
        {
            channel.Host.Uncork();
        }
    }

    /// <summary>Sends the current item. Returns what keeps it from being sent; null when it was.</summary>
    private Progress? TrySend(StreamItems items)
    {
        using var buffer = PayloadBuffer.Rent();
        var packet = Ts1Writer.WriteStreamItem(buffer, channel.Numbers.NamespaceNumber, AckId, number, items, out var size);
        if (packet.Length > channel.Host.MaxPacketBytes)
        {
            OversizedBytes = packet.Length;
            return Progress.IsOver;
        }

        // The channel's lock first: who holds a stream's must not wait for those of others, which the end of the session takes.
        lock (channel.ItemGate)
        {
            lock (_gate)
            {
                if (_isStopped)
                {
                    return Progress.IsOver;
                }

                if (!channel.Host.HasRoom(packet.Length))
                {
                    return Progress.IsHeldBack;
                }

                _credit.Spend(size);
                channel.TrySend(packet);
                return null;
            }
        }
    }

    private bool IsGranted()
    {
        lock (_gate)
        {
            return _credit.IsOpen && !_isStopped;
        }
    }

    private ValueTask<bool> WhenGrantedAsync()
    {
        lock (_gate)
        {
            if (_isStopped || _credit.IsOpen)
            {
                return new ValueTask<bool>(!_isStopped);
            }

            _granted.Reset();
            _isWaiting = true;
            return new ValueTask<bool>(this, _granted.Version);
        }
    }

    /// <summary>What an enumeration goes on with.</summary>
    private enum Progress
    {
        /// <summary>The next item is being waited for.</summary>
        Waits,

        /// <summary>The reader is to ask for more first.</summary>
        NeedsCredit,

        /// <summary>The connection is to take what waits first; the current item is sent then.</summary>
        IsHeldBack,

        /// <summary>Nothing more is sent.</summary>
        IsOver,
    }
}

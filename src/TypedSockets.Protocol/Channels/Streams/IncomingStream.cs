using System.Threading.Tasks.Sources;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The reading end of one stream.</summary>
internal abstract class IncomingStream
{
    /// <summary>An item came. For the receive loop.</summary>
    /// <exception cref="PacketException">It was not allowed, or cannot be read.</exception>
    public abstract void Receive(ReadOnlySpan<byte> item);

    /// <summary>Nothing more comes: the reader sees it behind the items that came. Only the first call counts.</summary>
    /// <param name="why">What went wrong; null when the writer finished.</param>
    public abstract void End(Exception? why);

    /// <summary>The reader is to have nothing more, not even what came. Returns false when it had the last already, or was told before.</summary>
    /// <param name="why">What the reader sees; null for an end like any other.</param>
    public abstract bool TryAbort(Exception? why);
}

/// <summary>
/// The reading end of one stream: holds what came until it is read, and asks for more as that happens. The enumerable is its own only enumerator, and the enumerator its own waiting
/// task, so that an item costs nothing beside itself. Reading is for one reader; all else is safe for concurrent use.
/// </summary>
/// <param name="owner">The call that it is part of.</param>
/// <param name="number">Which stream of the call it is.</param>
/// <param name="options">How far the writer may be ahead.</param>
/// <param name="limits">How deep and long an item may be.</param>
internal sealed class IncomingStream<TItem, TCodec>(IIncomingStreamOwner owner, int number, StreamOptions options, PayloadLimits limits)
    : IncomingStream, IAsyncEnumerable<TItem>, IAsyncEnumerator<TItem>, IValueTaskSource<bool>
    where TCodec : struct, IPayloadCodec<TItem>
{
    private readonly Lock _gate = new();
    private readonly Queue<(TItem Item, int Size)> _items = new();

    // Continuations never run on the receive loop: the code behind an await may block, and the loop answers heartbeats.
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private StreamWindow _window = new(options.WindowItems, options.WindowBytes);
    private CancellationTokenRegistration _registration;
    private TItem? _current;
    private Exception? _error;
    private bool _isEnumerated;
    private bool _isWaiting;
    private bool _isEnded;
    private bool _isAborted;

    public TItem Current => _current!;

    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isEnumerated)
            {
                throw new InvalidOperationException($"Stream {number} of '{owner.Event}' has been read: its items come once.");
            }

            _isEnumerated = true;
        }

        _registration = cancellationToken.UnsafeRegister(static (stream, token) => ((IncomingStream<TItem, TCodec>)stream!).Cancel(token), this);
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        ValueTask<bool> next;
        bool isDue;
        uint items;
        uint bytes;
        lock (_gate)
        {
            next = MoveUnsynchronized();
            isDue = TryTakeCreditUnsynchronized(out items, out bytes);
        }

        if (isDue)
        {
            owner.SendCredit(number, items, bytes);
        }

        return next;
    }

    public ValueTask DisposeAsync()
    {
        _registration.Unregister();
        if (TryAbort(null))
        {
            owner.GiveUp(number, null);
        }

        return default;
    }

    public override void Receive(ReadOnlySpan<byte> item)
    {
        lock (_gate)
        {
            if (_isEnded || !_window.TryReceive(item.Length))
            {
                throw new PacketException(new ForcedClose($"An item of stream {number} of '{owner.Event}' came {(_isEnded ? "behind its end" : "that was not asked for")}."));
            }

            if (_isAborted)
            {
                return;
            }
        }

        // A type's own constructor runs here: not under the lock.
        Add(Read(item), item.Length);
    }

    public override void End(Exception? why)
    {
        bool isAwaited;
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
            _error ??= _isAborted ? null : why;
            isAwaited = _isWaiting;
            _isWaiting = false;
        }

        if (isAwaited)
        {
            Wake(why);
        }
    }

    public override bool TryAbort(Exception? why)
    {
        bool isAwaited;
        bool isRunning;
        lock (_gate)
        {
            if (_isAborted || (_isEnded && _items.Count == 0))
            {
                return false;
            }

            _isAborted = true;
            _error = why;
            _items.Clear();
            isRunning = !_isEnded;
            isAwaited = _isWaiting;
            _isWaiting = false;
        }

        if (isAwaited)
        {
            Wake(why);
        }

        return isRunning;
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private ValueTask<bool> MoveUnsynchronized()
    {
        if (_isWaiting)
        {
            throw new InvalidOperationException($"Stream {number} of '{owner.Event}' is being waited for: it has one reader.");
        }

        if (_items.TryDequeue(out var next))
        {
            _current = next.Item;
            _window.Read(next.Size);
            return new ValueTask<bool>(true);
        }

        if (_error is { } error)
        {
            return ValueTask.FromException<bool>(error);
        }

        if (_isEnded || _isAborted)
        {
            return new ValueTask<bool>(false);
        }

        _source.Reset();
        _isWaiting = true;
        return new ValueTask<bool>(this, _source.Version);
    }

    private void Add(TItem item, int size)
    {
        bool isDue;
        uint items;
        uint bytes;
        lock (_gate)
        {
            if (_isAborted)
            {
                return;
            }

            if (!_isWaiting)
            {
                _items.Enqueue((item, size));
                return;
            }

            _isWaiting = false;
            _current = item;
            _window.Read(size);
            isDue = TryTakeCreditUnsynchronized(out items, out bytes);
        }

        _source.SetResult(true);
        if (isDue)
        {
            owner.SendCredit(number, items, bytes);
        }
    }

    private TItem Read(ReadOnlySpan<byte> item)
    {
        try
        {
            var reader = new MessagePackReader(item, limits);
            var value = TCodec.Read(ref reader);
            reader.Complete();
            return value;
        }
        catch (Exception exception)
        {
            // The reader is told; a type's own constructor may have refused the value with any exception.
            End(exception);
            throw EventChannel.Unreadable($"An item of stream {number} of '{owner.Event}'", exception);
        }
    }

    private bool TryTakeCreditUnsynchronized(out uint items, out uint bytes)
    {
        (items, bytes) = (0, 0);
        return !_isEnded && !_isAborted && _window.TryTakeCredit(out items, out bytes);
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        var why = new OperationCanceledException(cancellationToken);
        if (TryAbort(why))
        {
            owner.GiveUp(number, why);
        }
    }

    private void Wake(Exception? why)
    {
        if (why is null)
        {
            _source.SetResult(false);
        }
        else
        {
            _source.SetException(why);
        }
    }
}

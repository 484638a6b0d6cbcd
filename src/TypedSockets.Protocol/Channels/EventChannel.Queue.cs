using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>
    /// Runs handlers one at a time. An event that finds no handler running is dispatched at once, from the receive buffer; one that does is copied and waits. Whoever is waited for
    /// runs what came behind it, so answers and cancellations never queue here.
    /// </summary>
    private sealed class EventQueue(EventChannel channel, long maxQueuedBytes, SynchronizationContext? context)
    {
        // Locks itself, which nobody else can: a session has as few objects as can be.
        // What holding an event costs beside its bytes, so that a flood of empty ones counts too.
        private const int OverheadBytes = 64;

        private Queue<QueuedWork>? _waiting;
        private TaskCompletionSource? _drained;
        private Action? _onFinished;
        private ValueTask _runningHandler;
        private long _queuedBytes;
        private bool _isBroken;

        // Set by the receive loop alone, when a handler does not finish at once; reset by whoever empties the queue.
        private volatile bool _isRunning;

        /// <summary>Where handlers run; null for the receive loop.</summary>
        public SynchronizationContext? Context => context;

        public bool IsFull => Volatile.Read(ref _queuedBytes) > maxQueuedBytes;

        public Task WhenDrainedAsync()
        {
            lock (this)
            {
                return IsFull ? (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
            }
        }

        /// <summary>Ends every wait for the queue to drain: the channel is over, and nothing more is received.</summary>
        public void Release()
        {
            TaskCompletionSource? drained;
            lock (this)
            {
                (drained, _drained) = (_drained, null);
            }

            drained?.TrySetResult();
        }

        /// <summary>An event arrived. For the receive loop.</summary>
        public void Receive(int eventId, uint? ackId, scoped PayloadBytes payload)
        {
            if (context is null && !_isRunning)
            {
                Watch(channel.Dispatch(eventId, ackId, payload));
                return;
            }

            if (ackId is { } id)
            {
                // From now on a cancellation finds the request, whenever its turn comes, and credit finds its streams.
                channel.GetRunning().GetToken(ackId);
                channel.Announce(eventId, id);
            }

            var copy = ArrayPool<byte>.Shared.Rent(payload.Bytes.Length);
            payload.Bytes.CopyTo(copy);
            Enqueue(new QueuedWork(eventId, ackId, copy, payload.Bytes.Length, null, payload.Attachments.ToArray()));
        }

        /// <summary>Runs something else in its turn. For the receive loop.</summary>
        /// <param name="work">What is run.</param>
        /// <param name="bytes">What it holds while it waits.</param>
        public void Run(Func<ValueTask> work, int bytes = 0)
        {
            if (context is null && !_isRunning)
            {
                Watch(work());
                return;
            }

            Enqueue(new QueuedWork(0, null, [], bytes, work, []));
        }

        private static long SizeOf(in QueuedWork work) => OverheadBytes + work.Length + work.Attachments.Sum(static attachment => attachment.Length);

        private void Enqueue(QueuedWork work)
        {
            lock (this)
            {
                (_waiting ??= new Queue<QueuedWork>()).Enqueue(work);
                _queuedBytes += SizeOf(work);
                if (_isRunning)
                {
                    return;
                }

                _isRunning = true;
            }

            Resume();
        }

        private void Watch(ValueTask handler)
        {
            if (handler.IsCompletedSuccessfully)
            {
                handler.GetAwaiter().GetResult();
            }
            else if (handler.IsCompleted)
            {
                Consume(handler);
            }
            else
            {
                _isRunning = true;
                Await(handler);
            }
        }

        [SuppressMessage("Reliability", "CA2012", Justification = "Called only when the handler has completed.")]
        private void Consume(ValueTask handler)
        {
            try
            {
                handler.GetAwaiter().GetResult();
            }
            catch (Exception exception)
            {
                // Dispatchers answer for what event handlers throw; this is what the work around them threw.
                channel._host.OnHandlerFault(channel._shape.Name, exception);
            }
        }

        private void Await(ValueTask handler)
        {
            _runningHandler = handler;
            handler.GetAwaiter().UnsafeOnCompleted(_onFinished ??= OnFinished);
        }

        private void OnFinished()
        {
            var handler = _runningHandler;
            _runningHandler = default;
            Consume(handler);
            Resume();
        }

        private void Resume()
        {
            if (context is null)
            {
                RunWaiting();
                return;
            }

            context.Post(static queue => ((EventQueue)queue!).RunWaiting(), this);
        }

        private void RunWaiting()
        {
            while (TryDequeue(out var work))
            {
                var handler = Start(work);
                if (!handler.IsCompleted)
                {
                    Await(handler);
                    return;
                }

                Consume(handler);
            }
        }

        private ValueTask Start(QueuedWork work)
        {
            if (work.Work is { } other)
            {
                return other();
            }

            try
            {
                return _isBroken ? default : channel.Dispatch(work.EventId, work.AckId, new PayloadBytes(channel._host.Codec, work.Buffer.AsSpan(0, work.Length), work.Attachments));
            }
            catch (PacketException exception)
            {
                // As on the receive loop, nothing behind an unreadable event is handled.
                _isBroken = true;
                channel._host.Close(exception.Reason);
                return default;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(work.Buffer);
            }
        }

        private bool TryDequeue(out QueuedWork work)
        {
            TaskCompletionSource? drained = null;
            bool found;
            lock (this)
            {
                work = default;
                found = _waiting is not null && _waiting.TryDequeue(out work);
                if (found)
                {
                    _queuedBytes -= SizeOf(work);
                }
                else
                {
                    _isRunning = false;
                    _waiting = null;
                }

                if (!IsFull)
                {
                    (drained, _drained) = (_drained, null);
                }
            }

            drained?.SetResult();
            return found;
        }

        private readonly record struct QueuedWork(int EventId, uint? AckId, byte[] Buffer, int Length, Func<ValueTask>? Work, ReadOnlyMemory<byte>[] Attachments);
    }
}

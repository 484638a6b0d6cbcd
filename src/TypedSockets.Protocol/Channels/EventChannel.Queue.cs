using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>No event that waits is handled any more, nor any that comes; what else waits is still run. Called before the channel is ended. Safe for concurrent use.</summary>
    public void DiscardEvents() => _queue.DiscardEvents();

    /// <summary>
    /// Begins handlers in the order of their events, each as soon as those before it let it (docs/guides/concurrency.md). An event that finds no handler running is dispatched at once,
    /// from the receive buffer; one that does is copied and waits. Whoever is waited for runs what came behind it, so answers and cancellations never queue here.
    /// </summary>
    /// <remarks>Locks itself, which nobody else can: a session has as few objects as can be. For the same reason it is the lane of the handlers that run one at a time.</remarks>
    internal sealed partial class EventQueue(EventChannel channel, ChannelOptions options, SynchronizationContext? context) : Lane, IThreadPoolWorkItem
    {
        // What holding an event costs beside its bytes, so that a flood of empty ones counts too.
        private const int OverheadBytes = 64;

        private Queue<QueuedWork>? _waiting;
        private TaskCompletionSource? _drained;
        private long _queuedBytes;

        // Whether no event is handled any more.
        private volatile bool _isBroken;

        // Set by the receive loop alone, when a handler does not finish at once; reset by whoever finds nothing left to run.
        private volatile bool _isBusy;

        /// <summary>Where handlers run; null for the receive loop.</summary>
        public SynchronizationContext? Context => context;

        /// <summary>What is current for each handler, whatever those before it have made so: what was for the receive loop when the channel started. Null before, and where the flow is suppressed.</summary>
        public ExecutionContext? Flow { get; set; }

        public bool IsFull => QueuedBytes > options.MaxQueuedEventBytes;

        public long QueuedBytes => Volatile.Read(ref _queuedBytes);

        /// <summary>The connection whose events these are: a handler that waits for an answer from there gives up its turn.</summary>
        public IChannelHost Peer => channel._host;

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

        /// <inheritdoc cref="EventChannel.DiscardEvents"/>
        public void DiscardEvents() => _isBroken = true;

        /// <summary>An event arrived. For the receive loop.</summary>
        public void Receive(int eventId, uint? ackId, scoped PayloadBytes payload)
        {
            if (context is not null || _isBusy)
            {
                Copy(eventId, ackId, payload);
            }
            else if (!MayAsk(ackId, payload))
            {
                var handler = channel.Dispatch(eventId, ackId, payload);
                Enter(Flow);
                Watch(null, handler, eventId, payload);
            }
            else
            {
                var turn = EnterTurn(eventId);
                Watch(turn, turn.Dispatch(channel, eventId, ackId, payload), eventId, payload);
            }
        }

        /// <summary>Runs something else in its turn. For the receive loop.</summary>
        /// <param name="work">What is run.</param>
        /// <param name="bytes">What it holds while it waits.</param>
        /// <param name="kind">What it waits for and what it gives up.</param>
        public void Run(Func<ValueTask> work, int bytes = 0, WorkKind kind = WorkKind.Step)
        {
            if (context is not null || _isBusy)
            {
                Enqueue(new QueuedWork { Work = work, Kind = kind, Length = bytes });
                return;
            }

            var turn = kind is WorkKind.Handler ? new HandlerTurn(this) : null;
            var outer = ExecutionContext.Capture();
            var handler = turn?.Run(work) ?? work();
            Enter(outer);
            if (handler.IsCompleted)
            {
                Consume(handler);
            }
            else
            {
                Begin(turn ?? TakeTurn(), handler, this, isLoose: false);
            }
        }

        // The handler of a one-way event has finished when it returns. Over Socket.IO any event may come without a number, and any handler ask for what no contract has.
        private bool MayAsk(uint? ackId, scoped PayloadBytes payload) => payload.Codec is not EventCodec.Ts1 || (ackId is not null && channel._mayAsk);

        private void Copy(int eventId, uint? ackId, scoped PayloadBytes payload)
        {
            if (ackId is { } id)
            {
                // From now on a cancellation finds the request, whenever its turn comes, and credit finds its streams.
                channel.GetRunning().GetToken(ackId);
                channel.Announce(eventId, id);
            }

            var concurrency = ConcurrencyOf(eventId, payload, out var key);
            var copy = ArrayPool<byte>.Shared.Rent(payload.Bytes.Length);
            payload.Bytes.CopyTo(copy);
            Enqueue(new QueuedWork
            {
                EventId = eventId,
                AckId = ackId,
                Buffer = copy,
                Length = payload.Bytes.Length,
                Attachments = payload.Attachments.ToArray(),
                Caller = payload.Caller,
                Concurrency = concurrency,
                Key = key,
            });
        }

        private void Enqueue(QueuedWork work)
        {
            lock (this)
            {
                (_waiting ??= new Queue<QueuedWork>()).Enqueue(work);
                _queuedBytes += work.Size;
                _isBusy = true;
                if (_isPumping)
                {
                    return;
                }

                _isPumping = true;
            }

            Pump();
        }

        private Concurrency ConcurrencyOf(int eventId, scoped PayloadBytes payload, out object? key)
        {
            var concurrency = channel._incoming[eventId].Concurrency;
            key = concurrency is Concurrency.Keyed ? channel.ReadKey(eventId, payload) : null;
            // Without its key an event cannot be read at all; it fails in its turn.
            return concurrency is Concurrency.Keyed && key is null ? Concurrency.Serial : concurrency;
        }

        private void Watch(HandlerTurn? turn, ValueTask handler, int eventId, scoped PayloadBytes payload)
        {
            if (handler.IsCompletedSuccessfully)
            {
                handler.GetAwaiter().GetResult();
                LeaveTurn(turn, eventId);
            }
            else if (handler.IsCompleted)
            {
                Consume(handler);
                LeaveTurn(turn, eventId);
            }
            else
            {
                KeepTurn(turn, eventId);
                var concurrency = ConcurrencyOf(eventId, payload, out var key);
                Begin(turn ?? TakeTurn(), handler, LaneOf(concurrency, key), isLoose: concurrency is not Concurrency.Serial);
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

        /// <summary>Begins a handler whose turn has come. Returns its turn when it has finished already.</summary>
        private HandlerTurn? Start(HandlerTurn turn, in QueuedWork work)
        {
            var handler = Call(turn, work);
            if (handler.IsCompleted)
            {
                Consume(handler);
                return turn;
            }

            turn.Await(handler);
            return null;
        }

        private ValueTask Call(HandlerTurn turn, in QueuedWork work)
        {
            try
            {
                if (work.Work is { } step && work.Kind is not WorkKind.Handler)
                {
                    return step();
                }

                if (_isBroken || channel.RefuseGivenUp(work.AckId))
                {
                    return default;
                }

                if (work.Work is { } handler)
                {
                    return turn.Run(handler);
                }

                var payload = new PayloadBytes(channel._host.Codec, work.Buffer.AsSpan(0, work.Length), work.Attachments) { Caller = work.Caller };
                return !MayAsk(work.AckId, payload) ? channel.Dispatch(work.EventId, work.AckId, payload) : turn.Dispatch(channel, work.EventId, work.AckId, payload);
            }
            catch (PacketException exception)
            {
                // As on the receive loop, nothing behind an unreadable event is handled.
                _isBroken = true;
                channel._host.Close(exception.Reason);
                return default;
            }
            catch (Exception exception)
            {
                return ValueTask.FromException(exception);
            }
            finally
            {
                if (work.Buffer.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(work.Buffer);
                }
            }
        }

        /// <summary>An event, or something else, whose turn has not come.</summary>
        internal readonly record struct QueuedWork()
        {
            public int EventId { get; init; }

            public uint? AckId { get; init; }

            /// <summary>The arguments, in a rented array.</summary>
            public byte[] Buffer { get; init; } = [];

            public int Length { get; init; }

            public ReadOnlyMemory<byte>[] Attachments { get; init; } = [];

            public CallerTrace? Caller { get; init; }

            public Concurrency Concurrency { get; init; }

            public object? Key { get; init; }

            /// <summary>What runs in place of an event; null for an event.</summary>
            public Func<ValueTask>? Work { get; init; }

            public WorkKind Kind { get; init; }

            public long Size => OverheadBytes + Length + Attachments.Sum(static attachment => attachment.Length);
        }
    }

    /// <summary>What work beside the contract's events waits for, and what it gives up.</summary>
    internal enum WorkKind
    {
        /// <summary>A step in the life of the connection: it keeps its turn to its end.</summary>
        Step,

        /// <summary>The handler of an event without a contract.</summary>
        Handler,

        /// <summary>The last step: it waits for every handler that has begun.</summary>
        Last,

        /// <summary>What waits until no handler runs and nothing else waits, and keeps nothing waiting itself.</summary>
        Idle,
    }
}

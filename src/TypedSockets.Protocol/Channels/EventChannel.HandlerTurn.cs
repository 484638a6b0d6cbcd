using System.Diagnostics.CodeAnalysis;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>
    /// One handler, from its beginning to its end. Where the handler may ask its peer, whatever runs in it finds it as <see cref="Current"/>, so a request knows which handler waits for its
    /// answer; such a turn is used once, since what the handler leaves behind finds it for good, or by handlers that finish at once. Any other is used again.
    /// </summary>
    internal sealed class HandlerTurn(EventQueue queue)
    {
        private static readonly AsyncLocal<HandlerTurn?> s_current = new();

        private Action? _onFinished;
        private ValueTask _handler;
        private ExecutionContext? _outer;
        private ExecutionContext? _inner;

        /// <summary>The handler that the calling code is part of; null for none.</summary>
        public static HandlerTurn? Current => s_current.Value;

        /// <inheritdoc cref="EventQueue.Peer"/>
        public IChannelHost Peer => queue.Peer;

        // What follows is guarded by the lock of the queue.

        /// <summary>Those with which the handler takes turns; null for none.</summary>
        public Lane? Lane { get; private set; }

        /// <summary>Whether the handlers behind it do not wait for it.</summary>
        public bool IsLoose { get; private set; }

        /// <summary>Whether it is more than a call that may return at once.</summary>
        public bool HasBegun { get; private set; }

        public bool IsHolding { get; set; }

        /// <summary>How many answers of the peer it waits for.</summary>
        public int Waits { get; set; }

        /// <summary>How many answers came before the handler had said that it waits for them.</summary>
        public int EarlyAnswers { get; set; }

        /// <summary>Whether the handler has finished. What it started and left behind has no turn to give up.</summary>
        public bool IsOver { get; set; }

        /// <summary>Whether the next handler may have it, as nothing that is left behind can find it.</summary>
        public bool CanBeUsedAgain => _inner is null;

        /// <summary>Whether its handler finished at once, so that it is nobody's now.</summary>
        public bool IsLeft { get; set; }

        /// <summary>Whether somebody has waited for an answer in its name.</summary>
        public bool WasFound { get; set; }

        public ValueTask Dispatch(EventChannel channel, int eventId, uint? ackId, scoped PayloadBytes payload)
        {
            if (!TryEnter(out var outer))
            {
                return channel.Dispatch(eventId, ackId, payload);
            }

            try
            {
                return channel.Dispatch(eventId, ackId, payload);
            }
            finally
            {
                ExecutionContext.Restore(outer);
            }
        }

        public ValueTask Run(Func<ValueTask> work)
        {
            if (!TryEnter(out var outer))
            {
                return work();
            }

            try
            {
                return work();
            }
            finally
            {
                ExecutionContext.Restore(outer);
            }
        }

        public void Begin(Lane? lane, bool isLoose) => (Lane, IsLoose, HasBegun) = (lane, isLoose, true);

        /// <summary>The handler has finished, and the next may have its turn.</summary>
        public void Reset() => (Lane, IsLoose, HasBegun) = (null, false, false);

        /// <summary>Has <see cref="EventQueue.Finish"/> called when the handler is done.</summary>
        public void Await(ValueTask handler)
        {
            _handler = handler;
            handler.GetAwaiter().UnsafeOnCompleted(_onFinished ??= OnFinished);
        }

        /// <summary>The handler waits for an answer of the peer, and gives up its turn until it has come.</summary>
        public void Wait() => queue.Wait(this);

        /// <summary>The answer came, or whatever ended the wait.</summary>
        /// <param name="goOn">Lets the handler go on. Called when it has its turn back, or when <paramref name="patience"/> has passed: two handlers must not wait for each other for ever.</param>
        /// <param name="patience">How long the handler waits for its turn.</param>
        public void Resume(Action goOn, TimeSpan patience) => queue.Resume(new Resumption(this, goOn), patience);

        /// <summary>Ends the wait for the turn.</summary>
        public void Overdue(Resumption resumption) => queue.Overdue(resumption);

        private void OnFinished()
        {
            var handler = _handler;
            _handler = default;
            queue.Finish(this, handler);
        }

        // Where the flow of the context is suppressed nothing of this would reach the handler.
        private bool TryEnter([NotNullWhen(true)] out ExecutionContext? outer)
        {
            outer = ExecutionContext.Capture();
            if (outer is null)
            {
                return false;
            }

            if (_inner is not null && outer == _outer)
            {
                ExecutionContext.Restore(_inner);
            }
            else
            {
                s_current.Value = this;
                (_outer, _inner) = (outer, ExecutionContext.Capture());
            }

            return true;
        }
    }

    /// <summary>A handler that has the answer it waited for, and not yet its turn.</summary>
    internal sealed class Resumption(HandlerTurn turn, Action goOn) : TimingWheel.Entry
    {
        public HandlerTurn Turn { get; } = turn;

        /// <summary>Whether the handler goes on. Guarded by the lock of the queue.</summary>
        public bool IsTaken { get; set; }

        public void GoOn() => goOn();

        protected internal override void OnDue(TimeSpan now) => Turn.Overdue(this);

        protected internal override void OnDueFailed(Exception exception) => Turn.Peer.OnHandlerFault(nameof(Resumption), exception);
    }
}

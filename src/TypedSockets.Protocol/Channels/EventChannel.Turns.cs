using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    internal sealed partial class EventQueue
    {
        private LooseHandlers? _loose;
        private HandlerTurn? _spare;

        // Handlers that did not finish at once, and have not finished yet.
        private int _begun;

        /// <summary>A handler waits for an answer of the peer: gives its turn to those behind it.</summary>
        public void Wait(HandlerTurn turn)
        {
            lock (this)
            {
                turn.WasFound = true;
                if (turn.EarlyAnswers > 0)
                {
                    turn.EarlyAnswers--;
                    return;
                }

                if (turn.IsOver || turn.IsLeft || turn.Waits++ > 0)
                {
                    return;
                }

                ReleaseUnsynchronized(turn);
                if (_isPumping || !HasWaitingUnsynchronized())
                {
                    return;
                }

                _isPumping = true;
            }

            // Never here: the caller is in the middle of a handler, and may hold what another one wants.
            if (context is null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            else
            {
                Pump();
            }
        }

        /// <summary>A handler has its answer: lets it go on when it has its turn.</summary>
        public void Resume(Resumption resumption, TimeSpan patience)
        {
            var turn = resumption.Turn;
            lock (this)
            {
                if (turn.IsOver || (turn.IsLeft && turn.Waits == 0))
                {
                    // What is left of it goes on beside the others, as it began. It may not have said yet that it waits, and is not to say so of the next handler.
                    turn.WasFound = true;
                }
                else if (turn.Waits == 0)
                {
                    turn.EarlyAnswers++;
                }
                else if (turn.Waits > 1 || !turn.HasBegun || turn.Lane is not { IsHeld: true })
                {
                    ReturnUnsynchronized(turn);
                }
                else
                {
                    (turn.Lane.Resuming ??= new Queue<Resumption>()).Enqueue(resumption);
                    if (patience != Timeout.InfiniteTimeSpan)
                    {
                        Peer.Wheel.Schedule(resumption, Peer.Wheel.Now + patience);
                    }

                    return;
                }
            }

            resumption.GoOn();
        }

        /// <summary>A handler has waited for its turn for too long.</summary>
        public void Overdue(Resumption resumption)
        {
            lock (this)
            {
                if (resumption.IsTaken)
                {
                    return;
                }

                resumption.IsTaken = true;
                resumption.Turn.Waits--;
            }

            resumption.GoOn();
        }

        /// <summary>A handler has finished.</summary>
        public void Finish(HandlerTurn turn, ValueTask handler)
        {
            Consume(handler);
            lock (this)
            {
                FinishUnsynchronized(turn);
                if (_isPumping)
                {
                    return;
                }

                _isPumping = true;
            }

            Pump();
        }

        // For whoever begins handlers: the receive loop while nothing runs, otherwise the one who pumps.
        private HandlerTurn TakeTurn()
        {
            var turn = _spare ?? new HandlerTurn(this);
            _spare = null;
            return turn;
        }

        [SuppressMessage("Reliability", "CA2012", Justification = "Awaited once, by the turn.")]
        private void Begin(HandlerTurn turn, ValueTask handler, Lane? lane, bool isLoose)
        {
            lock (this)
            {
                _isBusy = true;
                BeginUnsynchronized(turn, lane, isLoose);
            }

            turn.Await(handler);
        }

        private Lane? LaneOf(Concurrency concurrency, object? key) => concurrency switch
        {
            Concurrency.Serial => this,
            Concurrency.Concurrent => null,
            _ => Loose.LaneOf(key!), // Keyed, whose key has been read.
        };

        private LooseHandlers Loose => _loose ??= new LooseHandlers();

        private HandlerTurn BeginUnsynchronized(HandlerTurn turn, Lane? lane, bool isLoose)
        {
            _begun++;
            turn.Begin(lane, isLoose);
            if (lane is KeyLane key)
            {
                key.Handlers++;
            }

            if (turn.Waits == 0)
            {
                HoldUnsynchronized(turn);
            }

            return turn;
        }

        private void FinishUnsynchronized(HandlerTurn turn)
        {
            _begun--;
            if (turn.Lane is KeyLane key)
            {
                key.Handlers--;
            }

            ReleaseUnsynchronized(turn);
            if (turn.CanBeUsedAgain)
            {
                turn.Reset();
                _spare = turn;
            }
            else
            {
                turn.IsOver = true;
            }
        }

        private void HoldUnsynchronized(HandlerTurn turn)
        {
            turn.IsHolding = true;
            turn.Lane?.IsHeld = true;
            if (turn.IsLoose)
            {
                Loose.Running++;
            }
        }

        /// <summary>An answer that a handler waited for is there; with the last one it has its turn again.</summary>
        private void ReturnUnsynchronized(HandlerTurn turn)
        {
            if (--turn.Waits == 0 && turn.HasBegun)
            {
                HoldUnsynchronized(turn);
            }
        }

        private void ReleaseUnsynchronized(HandlerTurn turn)
        {
            if (turn.IsHolding)
            {
                turn.IsHolding = false;
                turn.Lane?.IsHeld = false;
                if (turn.IsLoose)
                {
                    Loose.Running--;
                }
            }

            if (turn.Lane is KeyLane key)
            {
                Loose.Release(key);
            }
        }
    }
}

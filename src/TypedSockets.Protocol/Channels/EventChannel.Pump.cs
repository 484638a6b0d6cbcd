namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>Begins what had to wait, and lets go on what has its answer: whoever makes room does, whichever thread that is.</summary>
    internal sealed partial class EventQueue
    {
        // Whether somebody begins handlers just now, or has been asked to. One does at a time, which keeps them in order.
        private bool _isPumping;

        void IThreadPoolWorkItem.Execute() => RunWaiting();

        /// <summary>Begins handlers here or where they belong. The caller has said that it does.</summary>
        private void Pump()
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
            var outer = ExecutionContext.Capture();
            HandlerTurn? finished = null;
            while (TryTake(finished, out var turn, out var work, out var resumption))
            {
                finished = null;
                if (resumption is not null)
                {
                    Peer.Wheel.Remove(resumption);
                    resumption.GoOn();
                    continue;
                }

                if (outer is not null)
                {
                    Enter(Flow);
                }

                finished = Start(turn!, work);
            }

            Enter(outer);
        }

        // A handler that is no async method leaves behind what it has made current, and one that has finished begins the next: that is not to be current for this one.
        private static void Enter(ExecutionContext? context)
        {
            if (context is not null)
            {
                ExecutionContext.Restore(context);
            }
        }

        /// <summary>Takes what may begin, or go on, next.</summary>
        private bool TryTake(HandlerTurn? finished, out HandlerTurn? turn, out QueuedWork work, out Resumption? resumption)
        {
            TaskCompletionSource? drained = null;
            bool found;
            lock (this)
            {
                if (finished is not null)
                {
                    FinishUnsynchronized(finished);
                }

                turn = null;
                work = default;
                found = TryResumeUnsynchronized(this, out resumption) || TryTakeFreeUnsynchronized(out work, out turn, out resumption) || TryTakeWaitingUnsynchronized(out work, out turn);
                if (turn is not null)
                {
                    _queuedBytes -= work.Size;
                }

                if (!found)
                {
                    _isPumping = false;
                    if (_begun == 0)
                    {
                        _isBusy = false;
                        _waiting = null;
                    }
                }

                if (!IsFull)
                {
                    (drained, _drained) = (_drained, null);
                }
            }

            drained?.SetResult();
            return found;
        }

        private bool TryResumeUnsynchronized(Lane lane, out Resumption? resumption)
        {
            resumption = null;
            while (lane.CanResume)
            {
                var next = lane.Resuming!.Dequeue();
                if (next.IsTaken)
                {
                    continue;
                }

                next.IsTaken = true;
                if (!next.Turn.IsOver)
                {
                    ReturnUnsynchronized(next.Turn);
                }

                resumption = next;
                return true;
            }

            return false;
        }

        // Lanes of keys that became free: a handler that goes on, or the next event of the key.
        private bool TryTakeFreeUnsynchronized(out QueuedWork work, out HandlerTurn? turn, out Resumption? resumption)
        {
            (work, turn, resumption) = (default, null, null);
            while (_loose is not null && _loose.Free.TryPeek(out var lane))
            {
                if (TryResumeUnsynchronized(lane, out resumption))
                {
                    _loose.Free.Dequeue();
                    return true;
                }

                if (!lane.IsHeld && lane.Parked.Count > 0)
                {
                    if (_loose.Running >= options.MaxConcurrentHandlers)
                    {
                        return false;
                    }

                    _loose.Free.Dequeue();
                    work = lane.Parked.Dequeue();
                    turn = BeginUnsynchronized(TakeTurn(), lane, isLoose: true);
                    return true;
                }

                _loose.Free.Dequeue();
            }

            return false;
        }

        private bool TryTakeWaitingUnsynchronized(out QueuedWork work, out HandlerTurn? turn)
        {
            (work, turn) = (default, null);
            while (_waiting is not null && _waiting.TryPeek(out work) && !IsHeld)
            {
                if (work.Kind is WorkKind.Idle && _waiting.Any(static other => other.Kind is not WorkKind.Idle))
                {
                    _waiting.Enqueue(_waiting.Dequeue());
                    continue;
                }

                if (work.Kind is WorkKind.Last or WorkKind.Idle && _begun > 0)
                {
                    return false;
                }

                var isLoose = work.Concurrency is not Concurrency.Serial;
                var lane = LaneOf(work.Concurrency, work.Key);
                if (lane is KeyLane key && (key.IsHeld || key.Parked.Count > 0 || key.Resuming is { Count: > 0 }))
                {
                    key.Parked.Enqueue(_waiting.Dequeue());
                    continue;
                }

                if (isLoose && Loose.Running >= options.MaxConcurrentHandlers)
                {
                    return false;
                }

                _waiting.Dequeue();
                turn = BeginUnsynchronized(TakeTurn(), lane, isLoose);
                return true;
            }

            return false;
        }

        private bool HasWaitingUnsynchronized() => _waiting is { Count: > 0 } || CanResume || _loose is { Free.Count: > 0 };
    }
}

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>
    /// Handlers that might ask their peer and finish at once share one turn, so that they cost nothing: none of them has a turn to give up when it has returned. An event is known for one
    /// by its first handler of the channel, until one of its handlers does not finish at once; that one keeps the turn, and the next get another.
    /// </summary>
    /// <remarks>
    /// What earlier handlers left behind finds the turn too. If it asks the peer just while the one that kept the turn runs, that one's turn is given up: once in a channel for each event at
    /// most. For the receive loop.
    /// </remarks>
    internal sealed partial class EventQueue
    {
        private HandlerTurn? _shared;

        // A bit for each event; those of higher numbers always have a turn of their own.
        private ulong _finishedAtOnce;
        private ulong _didNot;

        private HandlerTurn EnterTurn(int eventId)
        {
            if ((_finishedAtOnce & ~_didNot & BitOf(eventId)) == 0)
            {
                return new HandlerTurn(this);
            }

            lock (this)
            {
                if (_shared is null or { WasFound: true })
                {
                    // Whoever waits in its name, or is about to, goes on without a turn.
                    _shared = new HandlerTurn(this);
                }

                _shared.IsLeft = false;
                return _shared;
            }
        }

        private void LeaveTurn(HandlerTurn? turn, int eventId)
        {
            if (turn is not null)
            {
                // Without the lock: whoever does not see it yet is counted, and the turn is not used again for that.
                turn.IsLeft = true;
                _finishedAtOnce |= BitOf(eventId);
            }
        }

        private void KeepTurn(HandlerTurn? turn, int eventId)
        {
            _didNot |= BitOf(eventId);
            if (turn is not null && turn == _shared)
            {
                _shared = null;
            }
        }

        private static ulong BitOf(int eventId) => eventId < 64 ? 1UL << eventId : 0;
    }
}

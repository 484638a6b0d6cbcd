namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>Handlers that run one at a time. Guarded by the lock of the queue.</summary>
    internal class Lane
    {
        /// <summary>Whether a handler has the turn.</summary>
        public bool IsHeld { get; set; }

        /// <summary>Handlers that gave up their turn, have their answer, and wait to go on; null until there was one.</summary>
        public Queue<Resumption>? Resuming { get; set; }

        /// <summary>Whether a handler may go on.</summary>
        public bool CanResume => !IsHeld && Resuming is { Count: > 0 };
    }

    /// <summary>The handlers of events with one key.</summary>
    internal sealed class KeyLane(object key) : Lane
    {
        public object Key { get; } = key;

        /// <summary>Events of this key whose turn in the queue came while another had the lane.</summary>
        public Queue<EventQueue.QueuedWork> Parked { get; } = new();

        /// <summary>How many handlers have begun and not finished.</summary>
        public int Handlers { get; set; }
    }

    /// <summary>The handlers that nobody waits for. Guarded by the lock of the queue, which makes it when the first such handler does not finish at once.</summary>
    internal sealed class LooseHandlers
    {
        private readonly Dictionary<object, KeyLane> _lanes = [];

        /// <summary>How many run, apart from those that wait for an answer of the peer.</summary>
        public int Running { get; set; }

        /// <summary>Lanes that became free while something waited for them, in that order.</summary>
        public Queue<KeyLane> Free { get; } = new();

        public KeyLane LaneOf(object key)
        {
            if (!_lanes.TryGetValue(key, out var lane))
            {
                _lanes.Add(key, lane = new KeyLane(key));
            }

            return lane;
        }

        /// <summary>A handler gave up its turn, or has finished.</summary>
        public void Release(KeyLane lane)
        {
            if (lane.CanResume || lane.Parked.Count > 0)
            {
                Free.Enqueue(lane);
            }
            else if (lane.Handlers == 0)
            {
                _lanes.Remove(lane.Key);
            }
        }
    }
}

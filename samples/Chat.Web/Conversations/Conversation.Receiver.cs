using Chat.Contracts;

namespace Chat.Web.Conversations;

public sealed partial class Conversation
{
    private static readonly TimeSpan s_typingShown = TimeSpan.FromSeconds(4);

    private readonly SortedDictionary<string, ITimer> _writers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who is writing now.</summary>
    public IReadOnlyCollection<string> Writers => _writers.Keys;

    private void ForgetWriter(string who)
    {
        if (_writers.Remove(who, out var timer))
        {
            timer.Dispose();
        }
    }

    private void ClearWriters()
    {
        foreach (var timer in _writers.Values)
        {
            timer.Dispose();
        }

        _writers.Clear();
    }

    /// <summary>Handles what the server tells; apart from the conversation, so that components cannot call it.</summary>
    private sealed class Receiver(Conversation conversation) : IChatClient
    {
        public void Said(string room, Line line) => Update(room, () =>
        {
            if (line.Number <= conversation._lastNumber)
            {
                return;
            }

            conversation._lastNumber = line.Number;
            conversation.ForgetWriter(line.Who);
            conversation._timeline.Add(new TimelineEntry.Said(line));
        });

        public void Typing(string room, string who) => Update(room, () =>
        {
            if (conversation._writers.TryGetValue(who, out var timer))
            {
                timer.Change(s_typingShown, Timeout.InfiniteTimeSpan);
                return;
            }

            conversation._writers[who] = conversation._time.CreateTimer(
                _ => Update(room, () => conversation.ForgetWriter(who)), null, s_typingShown, Timeout.InfiniteTimeSpan);
        });

        public void Arrived(string room, string who) => Update(room, () =>
        {
            if (conversation._members.Add(who))
            {
                conversation.Notice($"{who} came in.");
            }
        });

        public void Departed(string room, string who, string why) => Update(room, () =>
        {
            conversation.ForgetWriter(who);
            if (conversation._members.Remove(who))
            {
                conversation.Notice($"{who} {why}.");
            }
        });

        public void RoomsChanged(IReadOnlyList<RoomSummary> rooms)
        {
            conversation.Rooms = rooms;
            conversation.Changed?.Invoke();
        }

        // Events of a room that was left may still be on their way when the person is in another.
        private void Update(string room, Action change)
        {
            if (conversation._entering == room)
            {
                conversation._early.Add(change);
            }
            else if (conversation.Room == room)
            {
                change();
                conversation.Changed?.Invoke();
            }
        }
    }
}

using System.Threading.RateLimiting;

namespace TypedSockets.Server.RateLimits;

/// <summary>One limiter for each user that is connected, shared by all of the user's connections, and disposed with the last. Safe for concurrent use.</summary>
/// <param name="create">Makes the limiter of a user; null for none.</param>
internal sealed class UserLimiters(Func<string, RateLimiter?> create)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Returns the limiter of a user for one more connection.</summary>
    public RateLimiter? Rent(string userId)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(userId, out var known))
            {
                known.Connections++;
                return known.Limiter;
            }
        }

        // Not under the lock, where nobody else's code runs; whoever comes second takes the first one's.
        var created = create(userId);
        RateLimiter? limiter;
        lock (_entries)
        {
            if (!_entries.TryGetValue(userId, out var entry))
            {
                _entries.Add(userId, entry = new Entry(created));
            }

            entry.Connections++;
            limiter = entry.Limiter;
        }

        if (limiter != created)
        {
            created?.Dispose();
        }

        return limiter;
    }

    /// <summary>One connection of a user is gone.</summary>
    public void Return(string userId)
    {
        Entry entry;
        lock (_entries)
        {
            entry = _entries[userId];
            if (--entry.Connections > 0)
            {
                return;
            }

            _entries.Remove(userId);
        }

        entry.Limiter?.Dispose();
    }

    private sealed class Entry(RateLimiter? limiter)
    {
        public RateLimiter? Limiter { get; } = limiter;

        public int Connections { get; set; }
    }
}

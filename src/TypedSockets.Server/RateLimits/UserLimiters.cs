using System.Threading.RateLimiting;

namespace TypedSockets.Server.RateLimits;

/// <summary>
/// One limiter for each user, shared by all of the user's connections. It is kept when the last one is gone until all of its permits are there again: whoever leaves and comes back gets no fresh
/// one. Safe for concurrent use.
/// </summary>
/// <param name="create">Makes the limiter of a user; null for none.</param>
internal sealed class UserLimiters(Func<string, RateLimiter?> create) : IDisposable
{
    // One user leaves at a time, so with two looked at each time those who are away do not add up.
    private const int Looks = 2;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _away = new();

    /// <summary>The server is over, and every connection.</summary>
    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Limiter?.Dispose();
        }
    }

    /// <summary>Returns the limiter of a user for one more connection.</summary>
    public RateLimiter? Rent(string userId)
    {
        Tidy();
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
                _entries.Add(userId, entry = new Entry(userId, created));
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
        lock (_entries)
        {
            var entry = _entries[userId];
            if (--entry.Connections == 0 && !entry.IsAway)
            {
                entry.IsAway = true;
                _away.Enqueue(entry);
            }
        }

        Tidy();
    }

    private void Tidy()
    {
        for (var look = 0; look < Looks; look++)
        {
            Entry? entry;
            lock (_entries)
            {
                if (!_away.TryDequeue(out entry))
                {
                    return;
                }
            }

            var isIdle = entry.Limiter is not { IdleDuration: null };
            lock (_entries)
            {
                if (entry.Connections > 0)
                {
                    entry.IsAway = false;
                    continue;
                }

                if (!isIdle)
                {
                    _away.Enqueue(entry);
                    continue;
                }

                _entries.Remove(entry.UserId);
            }

            entry.Limiter?.Dispose();
        }
    }

    private sealed class Entry(string userId, RateLimiter? limiter)
    {
        public string UserId { get; } = userId;

        public RateLimiter? Limiter { get; } = limiter;

        public int Connections { get; set; }

        /// <summary>Whether the entry stands among those whose user is away.</summary>
        public bool IsAway { get; set; }
    }
}

namespace TypedSockets.Server.Namespaces;

/// <summary>Sets of clients by name, such as rooms or users. A set exists while it has members. Safe for concurrent use.</summary>
internal sealed class MemberSets
{
    private static readonly HubMember[] s_nobody = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemberSet> _sets = new(StringComparer.Ordinal);

    /// <summary>The names of the sets that have members, at this moment.</summary>
    public string[] Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _sets.Keys];
            }
        }
    }

    public int Count(string name)
    {
        lock (_gate)
        {
            return _sets.TryGetValue(name, out var set) ? set.Count : 0;
        }
    }

    public HubMember[] Snapshot(string name)
    {
        lock (_gate)
        {
            return _sets.TryGetValue(name, out var set) ? set.Snapshot : s_nobody;
        }
    }

    public void Add(string name, HubMember member)
    {
        lock (_gate)
        {
            AddUnsynchronized(name, member);
        }
    }

    public void Remove(string name, HubMember member)
    {
        lock (_gate)
        {
            RemoveUnsynchronized(name, member);
        }
    }

    /// <summary>Adds a member to a set and the set's name to the member's own <paramref name="names"/>. Returns false if it was in already, or is gone.</summary>
    /// <exception cref="RoomLimitException">The member is in as many sets as it may be.</exception>
    public bool Join(string name, HubMember member, HashSet<string> names, int maxNames)
    {
        lock (_gate)
        {
            if (member.Channel.Ended is not null || names.Contains(name))
            {
                return false;
            }

            if (names.Count >= maxNames)
            {
                throw RoomLimitException.TooMany(member.Id, maxNames);
            }

            names.Add(name);

            AddUnsynchronized(name, member);
            return true;
        }
    }

    /// <summary>The reverse of <see cref="Join"/>.</summary>
    public bool Leave(string name, HubMember member, HashSet<string> names)
    {
        lock (_gate)
        {
            if (!names.Remove(name))
            {
                return false;
            }

            RemoveUnsynchronized(name, member);
            return true;
        }
    }

    /// <summary>Removes a member from all of its sets.</summary>
    public void RemoveFromAll(HubMember member, HashSet<string> names)
    {
        lock (_gate)
        {
            foreach (var name in names)
            {
                RemoveUnsynchronized(name, member);
            }

            names.Clear();
        }
    }

    /// <summary>Whether a name is among a member's own.</summary>
    public bool Contains(string name, HashSet<string> names)
    {
        lock (_gate)
        {
            return names.Contains(name);
        }
    }

    /// <summary>A copy of a member's own names.</summary>
    public string[] Copy(HashSet<string> names)
    {
        lock (_gate)
        {
            return [.. names];
        }
    }

    private void AddUnsynchronized(string name, HubMember member)
    {
        if (!_sets.TryGetValue(name, out var set))
        {
            _sets.Add(name, set = new MemberSet());
        }

        set.Add(member);
    }

    private void RemoveUnsynchronized(string name, HubMember member)
    {
        if (_sets.TryGetValue(name, out var set))
        {
            set.Remove(member);
            if (set.Count == 0)
            {
                _sets.Remove(name);
            }
        }
    }
}

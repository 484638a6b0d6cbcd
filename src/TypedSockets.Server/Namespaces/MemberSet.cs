namespace TypedSockets.Server.Namespaces;

/// <summary>
/// A set of clients that is sent to more often than it changes: whoever sends walks an array that is made anew after a change. Safe for concurrent use.
/// </summary>
internal sealed class MemberSet
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HubMember> _members = [];
    private HubMember[]? _snapshot;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _members.Count;
            }
        }
    }

    /// <summary>The members at this moment. Not to be changed.</summary>
    public HubMember[] Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshot ??= [.. _members.Values];
            }
        }
    }

    public HubMember? Find(string id)
    {
        lock (_gate)
        {
            return _members.GetValueOrDefault(id);
        }
    }

    public void Add(HubMember member)
    {
        lock (_gate)
        {
            _members[member.Id] = member;
            _snapshot = null;
        }
    }

    public void Remove(HubMember member)
    {
        lock (_gate)
        {
            _members.Remove(member.Id);
            _snapshot = null;
        }
    }
}

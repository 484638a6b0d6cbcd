namespace TypedSockets.Server.Namespaces;

/// <summary>Who a broadcast is meant for.</summary>
/// <param name="Scope">Among whom the clients are looked for.</param>
/// <param name="Names">The rooms, users or connections, each once; empty where the scope is everybody.</param>
/// <param name="Except">The connections that are left out.</param>
internal sealed record BroadcastTarget(BroadcastScope Scope, string[] Names, string[] Except)
{
    public static BroadcastTarget All { get; } = new(BroadcastScope.All, [], []);

    public static BroadcastTarget Of(BroadcastScope scope, string name) => new(scope, [name], []);

    /// <summary>Those who are meant at this moment, each once, with those who are left out. Not to be changed.</summary>
    public HubMember[] Members(HubNamespace hubs) => Scope switch
    {
        BroadcastScope.All => hubs.All.Snapshot,
        BroadcastScope.Room => Members(hubs.Rooms),
        BroadcastScope.User => Members(hubs.Users),
        BroadcastScope.Client => [.. Names.Select(hubs.All.Find).OfType<HubMember>()],
        _ => throw new InvalidOperationException($"'{Scope}' is no scope of a broadcast."),
    };

    public bool Excludes(string connectionId)
    {
        foreach (var excluded in Except)
        {
            if (excluded == connectionId)
            {
                return true;
            }
        }

        return false;
    }

    private HubMember[] Members(MemberSets sets)
    {
        if (Names is [var name])
        {
            return sets.Snapshot(name);
        }

        // Whoever is in several of the sets is meant once.
        var members = new HashSet<HubMember>();
        foreach (var each in Names)
        {
            members.UnionWith(sets.Snapshot(each));
        }

        return [.. members];
    }
}

/// <summary>Among whom the clients of a broadcast are looked for.</summary>
internal enum BroadcastScope
{
    All,
    Room,
    User,
    Client,
}

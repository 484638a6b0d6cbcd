namespace TypedSockets.Server.Namespaces;

/// <summary>Who a broadcast is meant for.</summary>
/// <param name="Scope">Among whom the clients are looked for.</param>
/// <param name="Name">The room, the user or the connection, where the scope is one.</param>
/// <param name="Except">The connections that are left out.</param>
internal sealed record BroadcastTarget(BroadcastScope Scope, string? Name, params string[] Except)
{
    public HubMember[] Members(HubNamespace hubs) => Scope switch
    {
        BroadcastScope.All => hubs.All.Snapshot,
        BroadcastScope.Room => hubs.Rooms.Snapshot(Name!),
        BroadcastScope.User => hubs.Users.Snapshot(Name!),
        BroadcastScope.Connection => hubs.All.Find(Name!) is { } member ? [member] : [],
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
}

/// <summary>Among whom the clients of a broadcast are looked for.</summary>
internal enum BroadcastScope
{
    All,
    Room,
    User,
    Connection,
}

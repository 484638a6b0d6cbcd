using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Protocol.Channels;

/// <summary>How the events of a client's build of a contract and those of the server's belong together, by wire name. Immutable; on the client.</summary>
/// <param name="ToServer">For each event that the client sends, the server's number; negative where the server does not have it, or the two would misread each other.</param>
/// <param name="ToClient">For each event that the server sends, the client's compiled id; negative as before.</param>
/// <param name="Agreement">How the two builds compare.</param>
internal sealed record EventMap(int[] ToServer, int[] ToClient, ContractAgreement Agreement)
{
    public static EventMap Compare(ContractShape client, ContractShape server)
    {
        var toServer = Map(client.ServerEvents, server.ServerEvents);
        var toClient = Map(server.ClientEvents, client.ClientEvents);
        var changed = Changed(client.ServerEvents, server.ServerEvents, toServer, isServerEvent: true).Concat(Changed(server.ClientEvents, client.ClientEvents, toClient, isServerEvent: false)).ToArray();
        var breaks = FindBreaks(client, server, changed);
        var agreement = new ContractAgreement([.. Missing(client.ServerEvents, toServer)], [.. Missing(server.ClientEvents, toClient)], [.. changed.Select(key => key.Name)])
        {
            Unused = [.. Missing(server.ServerEvents, Map(server.ServerEvents, client.ServerEvents)), .. Missing(client.ClientEvents, Map(client.ClientEvents, server.ClientEvents))],
            Incompatible = [.. breaks.Select(item => new IncompatibleEvent(item.Key.Name, item.Key.IsServerEvent ? Side.Server : Side.Client, item.Detail))],
        };
        foreach (var (key, _) in breaks)
        {
            var (map, events) = key.IsServerEvent ? (toServer, client.ServerEvents) : (toClient, server.ClientEvents);
            map[IndexOf(events, key.Name)] = -1;
        }

        return new EventMap(toServer, toClient, agreement);
    }

    private static (EventKey Key, string Detail)[] FindBreaks(ContractShape client, ContractShape server, EventKey[] changed)
    {
        if (changed.Length == 0)
        {
            return [];
        }

        ContractDescription here, there;
        try
        {
            here = DescriptionReader.Read(client.Description);
            there = DescriptionReader.Read(server.Description);
        }
        catch (FormatException)
        {
            // What cannot be compared is not risked.
            return [.. changed.Select(key => (key, "has another fingerprint, and one of the two builds does not say in a way that can be read what it looks like"))];
        }

        return [.. from key in changed
                   let detail = ContractComparison.FindBreak(here, there, key)
                   where detail is not null
                   select (key, detail)];
    }

    private static int[] Map(IReadOnlyList<EventShape> from, IReadOnlyList<EventShape> to) => [.. from.Select(shape => IndexOf(to, shape.Name))];

    private static int IndexOf(IReadOnlyList<EventShape> events, string name)
    {
        for (var index = 0; index < events.Count; index++)
        {
            if (events[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }

    private static IEnumerable<string> Missing(IReadOnlyList<EventShape> events, int[] map) => events.Where((_, index) => map[index] < 0).Select(shape => shape.Name);

    private static IEnumerable<EventKey> Changed(IReadOnlyList<EventShape> events, IReadOnlyList<EventShape> others, int[] map, bool isServerEvent) =>
        events.Where((shape, index) => map[index] >= 0 && others[map[index]].Fingerprint != shape.Fingerprint).Select(shape => new EventKey(isServerEvent, shape.Name));
}

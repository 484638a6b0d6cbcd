using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Protocol.Shapes;

/// <summary>
/// Compares two builds of a contract by what their generated serializers do: a reader skips what it does not know behind the last member, and takes a default for what is missing
/// there; everything else stands or falls by its place. Names of types do not travel and do not count.
/// </summary>
internal sealed partial class ContractComparison
{
    private readonly ContractDescription _before;
    private readonly ContractDescription _after;
    private readonly Dictionary<(string Before, string After, Flows Flows), bool> _compared = [];
    private List<ContractChange> _changes = [];
    private int _depth;

    private ContractComparison(ContractDescription before, ContractDescription after)
    {
        _before = before;
        _after = after;
    }

    /// <summary>Returns every difference between a build and a later one, where each may meet the other at either end.</summary>
    public static IReadOnlyList<ContractChange> Compare(ContractDescription before, ContractDescription after)
    {
        var comparison = new ContractComparison(before, after);
        foreach (var item in before.Events.OrderBy(static item => item.Key.ToString(), StringComparer.Ordinal))
        {
            if (after.Events.TryGetValue(item.Key, out var now))
            {
                comparison.CompareEvents(item.Key, item.Value, now);
            }
            else
            {
                comparison.Report(ContractChangeKind.Breaking, item.Key, null, "is gone", $"Keep it, or, where its method was renamed, mark that [Event(\"{item.Key.Name}\")]");
            }
        }

        foreach (var key in after.Events.Keys.Where(key => !before.Events.ContainsKey(key)))
        {
            comparison.Report(ContractChangeKind.Compatible, key, null, "is new", "");
        }

        comparison.CompareConnecting("Auth", before.Auth, after.Auth, Flows.Forward);
        comparison.CompareConnecting("Refusal", before.Refusal, after.Refusal, Flows.Backward);
        return comparison._changes;
    }

    /// <summary>Returns why two builds cannot use an event between them; null when they can.</summary>
    /// <param name="client">The client's build.</param>
    /// <param name="server">The server's.</param>
    /// <param name="key">An event that both have.</param>
    public static string? FindBreak(ContractDescription client, ContractDescription server, EventKey key)
    {
        if (!client.Events.TryGetValue(key, out var before) || !server.Events.TryGetValue(key, out var after))
        {
            return "is not in the description of both builds";
        }

        var comparison = new ContractComparison(client, server);
        var (arguments, result) = key.IsServerEvent ? (Flows.Forward, Flows.Backward) : (Flows.Backward, Flows.Forward);
        comparison.CompareParameters(key, before, after, arguments);
        comparison.CompareResults(key, before.Result, after.Result, result);
        comparison.CompareFaults(key, before.Faults, after.Faults, result);
        return comparison._changes.Find(static change => change.Kind is ContractChangeKind.Breaking) is { } broken
            ? broken.Type is null ? broken.What : $"carries '{broken.Type}', which {broken.What}"
            : null;
    }

    private void CompareEvents(EventKey key, EventDescription before, EventDescription after)
    {
        CompareParameters(key, before, after, Flows.Both);
        if (before.IsAnswered != after.IsAnswered || (before.Result is null) != (after.Result is null))
        {
            // Those who only wait for an acknowledgement let a result be; who waits for a result needs one.
            Report(ContractChangeKind.Breaking, key, null, $"is answered by {after.Answer} instead of {before.Answer}", "Declare another event for it");
        }
        else
        {
            CompareResults(key, before.Result, after.Result, Flows.Both);
        }

        CompareFaults(key, before.Faults, after.Faults, Flows.Both);
    }

    // Streams travel beside the arguments, and are numbered by themselves.
    private void CompareParameters(EventKey key, EventDescription before, EventDescription after, Flows flows)
    {
        foreach (var isStream in new[] { false, true })
        {
            CompareFields(
                [.. before.Parameters.Where(parameter => parameter?.Value.Kind is ValueKind.Stream == isStream)],
                [.. after.Parameters.Where(parameter => parameter?.Value.Kind is ValueKind.Stream == isStream)],
                flows,
                new Place(key, null));
        }
    }

    private void CompareResults(EventKey key, ValueDescription? before, ValueDescription? after, Flows flows)
    {
        var isMissing = (before is null && after is not null && flows.HasFlag(Flows.Forward)) || (after is null && before is not null && flows.HasFlag(Flows.Backward));
        if (isMissing)
        {
            Report(ContractChangeKind.Breaking, key, null, "returns a result at one end only", "");
        }
        else if (before is not null && after is not null && !CompareValues(before, after, flows))
        {
            Report(ContractChangeKind.Breaking, key, null, $"returns '{after.Text}' instead of '{before.Text}'", "Declare another event for it");
        }
    }

    // Who does not know a fault learns its name all the same.
    private void CompareFaults(EventKey key, IReadOnlyList<FieldDescription> before, IReadOnlyList<FieldDescription> after, Flows flows)
    {
        foreach (var was in before)
        {
            if (after.FirstOrDefault(candidate => candidate.Key == was.Key) is not { } now)
            {
                Report(ContractChangeKind.Retired, key, null, $"has lost its fault '{was.Key}'", "Keep it: its name must not be given to another type");
            }
            else if (!CompareValues(was.Value, now.Value, flows))
            {
                Report(ContractChangeKind.Breaking, key, null, $"has '{now.Value.Text}' as its fault '{was.Key}' instead of '{was.Value.Text}'", "Give the new type a name of its own");
            }
        }

        foreach (var added in after.Where(added => !before.Any(candidate => candidate.Key == added.Key)))
        {
            Report(ContractChangeKind.Compatible, key, null, $"has the new fault '{added.Key}'", "");
        }
    }

    // What is said when a client connects is no event's, and stands for the whole contract.
    private void CompareConnecting(string what, ValueDescription? before, ValueDescription? after, Flows flows)
    {
        if ((before is null) != (after is null))
        {
            var change = before is null ? "is new" : "is gone";
            // A server that begins to ask refuses those who say nothing; one that has stopped lets be what is said.
            var kind = before is null && flows is Flows.Forward ? ContractChangeKind.Breaking : ContractChangeKind.Compatible;
            _changes.Add(new ContractChange(kind, null, null, null, $"{what} {change}", "Clients that are deployed say nothing, and are refused where the hub asks for it"));
        }
        else if (before is not null && after is not null && !CompareValues(before, after, Flows.Both))
        {
            _changes.Add(new ContractChange(ContractChangeKind.Breaking, null, null, null, $"{what} is '{after.Text}' instead of '{before.Text}'", "Add members to the old type instead"));
        }
    }

    private void Report(ContractChangeKind kind, EventKey? key, string? member, string what, string remedy) => _changes.Add(new ContractChange(kind, key, null, member, what, remedy));

    private void Report(ContractChangeKind kind, Place place, string? member, string what, string remedy) =>
        _changes.Add(new ContractChange(kind, place.Event, place.Type, member, what, remedy));

    /// <summary>Whose fields are compared: an event's or a type's.</summary>
    private readonly record struct Place(EventKey? Event, string? Type)
    {
        public string Noun => Type is null ? "parameter" : "member";
    }
}

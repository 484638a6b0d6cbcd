using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Protocol.Shapes;

internal sealed partial class ContractComparison
{
    /// <summary>Compares what travels by place. The first thing that is out of place is reported, and what stands behind it is not: it is out of place too.</summary>
    private void CompareFields(IReadOnlyList<FieldDescription?> before, IReadOnlyList<FieldDescription?> after, Flows flows, Place place)
    {
        var common = Math.Min(before.Count, after.Count);
        for (var index = 0; index < common; index++)
        {
            if ((before[index], after[index]) is var (was, now) && was?.Name != now?.Name && FindMove(before, after, index, place))
            {
                return;
            }

            ComparePlace(before[index], after[index], flows, place);
        }

        foreach (var added in after.Skip(common).OfType<FieldDescription>())
        {
            CompareAdded(added, flows, place);
        }

        foreach (var gone in before.Skip(common).OfType<FieldDescription>())
        {
            CompareRemoved(gone, flows, place);
        }
    }

    /// <summary>Compares what travels by key.</summary>
    private void CompareKeyed(IReadOnlyList<FieldDescription?> before, IReadOnlyList<FieldDescription?> after, Flows flows, Place place)
    {
        foreach (var was in before.OfType<FieldDescription>())
        {
            if (after.FirstOrDefault(candidate => candidate?.Key == was.Key) is { } now)
            {
                ComparePlace(was, now, flows, place);
            }
            else
            {
                CompareRemoved(was, flows, place);
            }
        }

        foreach (var added in after.OfType<FieldDescription>().Where(added => !before.Any(candidate => candidate?.Key == added.Key)))
        {
            CompareAdded(added, flows, place);
        }
    }

    /// <summary>Reports that the names at one place are those of different fields. A name that neither build has elsewhere is a new name for the same.</summary>
    private bool FindMove(IReadOnlyList<FieldDescription?> before, IReadOnlyList<FieldDescription?> after, int index, Place place)
    {
        var (was, now) = (before[index], after[index]);
        var isGone = was is not null && !Has(after, was.Name);
        var isNew = now is not null && !Has(before, now.Name);
        var what = (was, now) switch
        {
            (null, not null) when isNew => null,
            (not null, null) when isGone => null,
            (not null, not null) when isGone && isNew => null,
            (not null, _) when isGone => $"has lost its {place.Noun} '{was.Name}', so those behind it have moved",
            (_, not null) when isNew => $"has the new {place.Noun} '{now.Name}' before others, which have moved",
            (_, not null) => $"has its {place.Noun} '{now.Name}' in another place",
            _ => $"has its {place.Noun} '{was?.Name}' in another place",
        };
        if (what is null)
        {
            return false;
        }

        var remedy = isNew && !isGone ? $"Put it at the end, with a default value" : $"Keep every {place.Noun} in its place";
        Report(ContractChangeKind.Breaking, place, now?.Name, what, remedy);
        return true;
    }

    private void ComparePlace(FieldDescription? before, FieldDescription? after, Flows flows, Place place)
    {
        if (before is null || after is null)
        {
            // Where no member stands, nil does.
            if (after is not null)
            {
                CompareAdded(after with { IsNeeded = !after.Value.IsNullable }, flows, place);
            }
            else if (before is not null)
            {
                CompareRemoved(before with { IsNeeded = !before.Value.IsNullable }, flows, place);
            }

            return;
        }

        if (!CompareValues(before.Value, after.Value, flows))
        {
            var what = before.Name == after.Name
                ? $"has its {place.Noun} '{after.Name}' as '{after.Value.Text}' instead of '{before.Value.Text}'"
                : $"has its {place.Noun} '{after.Name}' of '{after.Value.Text}' in place of '{before.Name}' of '{before.Value.Text}'";
            Report(ContractChangeKind.Breaking, place, after.Name, what, $"Keep the type, and add another {place.Noun} at the end, with a default value");
        }
        else if (place.Type is not null && before.TextName != after.TextName)
        {
            Report(
                ContractChangeKind.Renamed,
                place,
                after.Name,
                $"has its {place.Noun} '{after.Name}' as {TextName(after)} in JSON instead of {TextName(before)}",
                before.TextName is null or "" ? "" : $"Keep the name with [JsonPropertyName(\"{before.TextName}\")]");
        }
        else if (before.Name != after.Name)
        {
            Report(ContractChangeKind.Compatible, place, after.Name, $"has its {place.Noun} '{before.Name}' renamed to '{after.Name}'", "");
        }
    }

    private void CompareAdded(FieldDescription added, Flows flows, Place place)
    {
        if (added.IsNeeded && flows.HasFlag(Flows.Forward))
        {
            Report(
                ContractChangeKind.Breaking,
                place,
                added.Name,
                $"has the new {place.Noun} '{added.Name}', which peers that do not know it cannot leave out",
                "Give it a default value, or let it be null");
        }
        else
        {
            Report(ContractChangeKind.Compatible, place, added.Name, $"has the new {place.Noun} '{added.Name}'", "");
        }
    }

    private void CompareRemoved(FieldDescription gone, Flows flows, Place place) => Report(
        gone.IsNeeded && flows.HasFlag(Flows.Backward) ? ContractChangeKind.Breaking : ContractChangeKind.Retired,
        place,
        null,
        $"has lost its {place.Noun} '{gone.Name}'",
        $"Keep it: its place must not be given to another {place.Noun}");

    private static string TextName(FieldDescription field) => field.TextName is { Length: > 0 } name ? $"'{name}'" : "nothing";

    private static bool Has(IReadOnlyList<FieldDescription?> fields, string name) => fields.Any(field => field?.Name == name);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Protocol.Shapes;

internal sealed partial class ContractComparison
{
    // No honest types contain each other as deeply; a peer's description comes from a stranger.
    private const int MaxDepth = 128;

    // The range of an integer, as the powers of two below and above zero that it holds.
    private static readonly Dictionary<string, (int Below, int Above)> s_integers = new(StringComparer.Ordinal)
    {
        ["SByte"] = (7, 7),
        ["Int16"] = (15, 15),
        ["Int32"] = (31, 31),
        ["Int64"] = (63, 63),
        ["Byte"] = (0, 8),
        ["UInt16"] = (0, 16),
        ["UInt32"] = (0, 32),
        ["UInt64"] = (0, 64),
    };

    /// <summary>Returns whether each reads what the other writes at this place. What differs within types that both have is reported there.</summary>
    private bool CompareValues(ValueDescription before, ValueDescription after, Flows flows)
    {
        var nilFlows = before.IsNullable == after.IsNullable ? Flows.None : before.IsNullable ? Flows.Forward : Flows.Backward;
        return (nilFlows & flows) == 0 && (before.Kind, after.Kind) switch
        {
            (ValueKind.Named, ValueKind.Named) => CompareNames(before.Name, after.Name, flows),
            (ValueKind.List, ValueKind.List) or (ValueKind.Map, ValueKind.Map) or (ValueKind.Stream, ValueKind.Stream) => before.Name == after.Name && CompareParts(before, after, flows),
            (ValueKind.Tuple, ValueKind.Tuple) => CompareTuples(before.Parts, after.Parts, flows),
            _ => false,
        };
    }

    private bool CompareParts(ValueDescription before, ValueDescription after, Flows flows) =>
        before.Parts.Zip(after.Parts, (was, now) => CompareValues(was.Value, now.Value, flows)).All(static isSame => isSame);

    // A tuple grows as an object does.
    private bool CompareTuples(IReadOnlyList<FieldDescription> before, IReadOnlyList<FieldDescription> after, Flows flows) =>
        before.Zip(after, (was, now) => CompareValues(was.Value, now.Value, flows)).All(static isSame => isSame)
        && !(flows.HasFlag(Flows.Forward) && after.Skip(before.Count).Any(static added => added.IsNeeded))
        && !(flows.HasFlag(Flows.Backward) && before.Skip(after.Count).Any(static gone => gone.IsNeeded))
        && (flows is not Flows.Both || after.Count >= before.Count);

    private bool CompareNames(string before, string after, Flows flows)
    {
        _before.Types.TryGetValue(before, out var was);
        _after.Types.TryGetValue(after, out var now);
        if (was?.Kind is null or ShapeKind.Enum && now?.Kind is null or ShapeKind.Enum)
        {
            var isReadable = CompareScalars(was?.Underlying?.Name ?? before, now?.Underlying?.Name ?? after, flows);
            return was is null || now is null ? isReadable : (isReadable || before == after) && CompareEnums(after, was, now, isReadable);
        }

        if (was is null || now is null || was.Kind != now.Kind)
        {
            return false;
        }

        var key = (before, after, flows);
        if (_compared.TryGetValue(key, out var isSame))
        {
            return isSame;
        }

        if (_depth == MaxDepth)
        {
            return false;
        }

        // A type may contain itself: within it, it counts as the same.
        _compared[key] = true;
        _depth++;
        isSame = before == after ? CompareTypes(after, was, now, flows) : CompareOthers(after, was, now, flows);
        _depth--;
        _compared[key] = isSame;
        return isSame;
    }

    private static bool CompareScalars(string before, string after, Flows flows) =>
        before == after
        || ((!flows.HasFlag(Flows.Forward) || Holds(after, before)) && (!flows.HasFlag(Flows.Backward) || Holds(before, after)));

    private static bool Holds(string reader, string writer) =>
        s_integers.TryGetValue(reader, out var outer) && s_integers.TryGetValue(writer, out var inner) && outer.Below >= inner.Below && outer.Above >= inner.Above;

    /// <summary>Compares two types of different names, of which one may have taken the place of the other: what differs is no change of either.</summary>
    private bool CompareOthers(string name, TypeDescription before, TypeDescription after, Flows flows)
    {
        var changes = _changes;
        _changes = [];
        CompareTypes(name, before, after, flows);
        var isSame = _changes.TrueForAll(static change => change.Kind < ContractChangeKind.Retired);
        changes.AddRange(isSame ? _changes : []);
        _changes = changes;
        return isSame;
    }

    private bool CompareTypes(string name, TypeDescription before, TypeDescription after, Flows flows)
    {
        var place = new Place(null, name);
        switch (before.Kind)
        {
            case ShapeKind.Object:
                CompareFields(before.Members, after.Members, flows, place);
                break;
            case ShapeKind.Map:
                CompareKeyed(before.Members, after.Members, flows, place);
                break;
            default:
                CompareUnions(before, after, flows, place);
                break;
        }

        return true;
    }

    private void CompareUnions(TypeDescription before, TypeDescription after, Flows flows, Place place)
    {
        foreach (var was in before.Members.OfType<FieldDescription>())
        {
            if (after.Members.FirstOrDefault(candidate => candidate?.Key == was.Key) is not { } now)
            {
                Report(ContractChangeKind.Retired, place, null, $"has lost the key {was.Key} of '{was.Value.Text}'", "Keep it: the key must not be given to another type");
            }
            else if (!CompareValues(was.Value, now.Value, flows))
            {
                Report(ContractChangeKind.Breaking, place, null, $"has the key {was.Key} for '{now.Value.Text}' instead of '{was.Value.Text}'", "Give the new type a key of its own");
            }
            else if (was.TextName != now.TextName)
            {
                Report(ContractChangeKind.Renamed, place, null, $"has '{now.Value.Text}' as {TextName(now)} in JSON instead of {TextName(was)}", "Keep its type discriminator");
            }
        }

        foreach (var added in after.Members.OfType<FieldDescription>().Where(added => !before.Members.Any(candidate => candidate?.Key == added.Key)))
        {
            Report(
                ContractChangeKind.Widened,
                place,
                null,
                $"has the new key {added.Key} for '{added.Value.Text}', at which peers that do not know it end the session",
                "Send no such value before its receivers are deployed");
        }
    }

    // An enum means the same whoever writes it, so it is compared once.
    private bool CompareEnums(string name, TypeDescription before, TypeDescription after, bool isReadable)
    {
        var key = (name, name, isReadable ? Flows.None : Flows.Both);
        if (_compared.ContainsKey(key))
        {
            return true;
        }

        _compared[key] = true;
        var place = new Place(null, name);
        if (!isReadable)
        {
            Report(ContractChangeKind.Breaking, place, null, $"is an enum of '{after.Underlying?.Name}' instead of '{before.Underlying?.Name}'", "Keep its underlying type");
        }

        foreach (var was in before.Numbers)
        {
            if (after.Numbers.TryGetValue(was.Key, out var number) && number != was.Value)
            {
                Report(ContractChangeKind.Breaking, place, was.Key, $"has '{was.Key}' as {number} instead of {was.Value}", $"Keep its number: {was.Key} = {was.Value}");
            }
        }

        foreach (var was in before.TextNames)
        {
            if (!after.TextNames.TryGetValue(was.Key, out var textName) || textName != was.Value)
            {
                var now = textName is null ? "by another name" : $"'{textName}'";
                Report(ContractChangeKind.Renamed, place, was.Key, $"has '{was.Key}' as {now} in JSON instead of '{was.Value}'", "Keep the name with [JsonStringEnumMemberName]");
            }
        }

        foreach (var added in after.Numbers.Keys.Where(member => !before.Numbers.ContainsKey(member)))
        {
            Report(ContractChangeKind.Compatible, place, added, $"has the new member '{added}'", "");
        }

        return true;
    }
}

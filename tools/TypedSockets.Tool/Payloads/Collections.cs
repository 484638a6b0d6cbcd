using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.Payloads;

/// <summary>The types of the base library that travel as lists, as maps and as bytes.</summary>
internal static class Collections
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Frozen = "System.Collections.Frozen.";
    private const string ObjectModel = "System.Collections.ObjectModel.";

    private static readonly HashSet<string> s_sequences = new(StringComparer.Ordinal)
    {
        Generic + "List`1", Generic + "IList`1", Generic + "IReadOnlyList`1", Generic + "ICollection`1", Generic + "IReadOnlyCollection`1", Generic + "IEnumerable`1",
        Generic + "HashSet`1", Generic + "ISet`1", Generic + "IReadOnlySet`1", Generic + "SortedSet`1", Generic + "Queue`1", Generic + "Stack`1", Generic + "LinkedList`1",
        ObjectModel + "Collection`1", ObjectModel + "ObservableCollection`1", ObjectModel + "ReadOnlyCollection`1",
        Immutable + "ImmutableArray`1", Immutable + "ImmutableList`1", Immutable + "IImmutableList`1", Immutable + "ImmutableHashSet`1", Immutable + "IImmutableSet`1",
        Immutable + "ImmutableSortedSet`1", Immutable + "ImmutableQueue`1", Immutable + "IImmutableQueue`1", Immutable + "ImmutableStack`1", Immutable + "IImmutableStack`1",
        Frozen + "FrozenSet`1",
    };

    private static readonly HashSet<string> s_maps = new(StringComparer.Ordinal)
    {
        Generic + "Dictionary`2", Generic + "IDictionary`2", Generic + "IReadOnlyDictionary`2", Generic + "SortedDictionary`2", Generic + "SortedList`2",
        ObjectModel + "ReadOnlyDictionary`2", "System.Collections.Concurrent.ConcurrentDictionary`2",
        Immutable + "ImmutableDictionary`2", Immutable + "IImmutableDictionary`2", Immutable + "ImmutableSortedDictionary`2", Frozen + "FrozenDictionary`2",
    };

    public static bool IsBytes(TypeUse type) => type.Arguments is [{ IsByte: true }]
        && (type.Type.IsSZArray || type.Name is "System.Memory`1" or "System.ReadOnlyMemory`1" or "System.ArraySegment`1" or "System.Buffers.ReadOnlySequence`1");

    public static bool IsSequence(TypeUse type) => type.Type.IsSZArray || s_sequences.Contains(type.Name);

    public static bool IsMap(TypeUse type) => s_maps.Contains(type.Name);
}

using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Payloads;

/// <summary>The tables of collections: how each is walked, and how it is made again.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Frozen = "System.Collections.Frozen.";
    private const string ObjectModel = "System.Collections.ObjectModel.";

    private static readonly SequenceForm s_array = new(SequenceWalk.Length, SequenceStore.Array);
    private static readonly SequenceForm s_hashSetInterface = new(SequenceWalk.Changeable, SequenceStore.HashSet);
    private static readonly SequenceForm s_immutableList = ImmutableOf(SequenceWalk.Count, "ImmutableList");
    private static readonly SequenceForm s_immutableHashSet = ImmutableOf(SequenceWalk.Count, "ImmutableHashSet", SequenceStore.HashSet);
    private static readonly SequenceForm s_immutableQueue = ImmutableOf(SequenceWalk.Uncounted, "ImmutableQueue");
    private static readonly SequenceForm s_immutableStack = ImmutableOf(SequenceWalk.Uncounted, "ImmutableStack", SequenceStore.ReversedArray);

    private static readonly Dictionary<string, SequenceForm> s_sequences = new(StringComparer.Ordinal)
    {
        [Generic + "List`1"] = new(SequenceWalk.Span, SequenceStore.List),
        [Generic + "IList`1"] = new(SequenceWalk.Index, SequenceStore.List),
        [Generic + "IReadOnlyList`1"] = new(SequenceWalk.Index, SequenceStore.Array),
        [Generic + "ICollection`1"] = new(SequenceWalk.Changeable, SequenceStore.List),
        [Generic + "IReadOnlyCollection`1"] = new(SequenceWalk.Changeable, SequenceStore.Array),
        [Generic + "IEnumerable`1"] = new(SequenceWalk.Enumerable, SequenceStore.Array),
        [Generic + "HashSet`1"] = new(SequenceWalk.Count, SequenceStore.HashSet),
        [Generic + "ISet`1"] = s_hashSetInterface,
        [Generic + "IReadOnlySet`1"] = s_hashSetInterface,
        [Generic + "SortedSet`1"] = new(SequenceWalk.Count, SequenceStore.Self),
        [Generic + "Queue`1"] = new(SequenceWalk.Count, SequenceStore.SizedSelf, Add: "Enqueue"),
        // A stack is walked from its top, and filled from its bottom.
        [Generic + "Stack`1"] = new(SequenceWalk.Count, SequenceStore.ReversedArray, "new global::System.Collections.Generic.Stack<{1}>({0})"),
        [Generic + "LinkedList`1"] = new(SequenceWalk.Count, SequenceStore.Self, Add: "AddLast"),
        [ObjectModel + "Collection`1"] = new(SequenceWalk.Index, SequenceStore.Self),
        [ObjectModel + "ObservableCollection`1"] = new(SequenceWalk.Index, SequenceStore.Self),
        [ObjectModel + "ReadOnlyCollection`1"] = new(SequenceWalk.Index, SequenceStore.Array, "new global::System.Collections.ObjectModel.ReadOnlyCollection<{1}>({0})"),
        [Immutable + "ImmutableArray`1"] = new(
            SequenceWalk.ImmutableArray,
            SequenceStore.Array,
            "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray({0})"),
        [Immutable + "ImmutableList`1"] = s_immutableList,
        [Immutable + "IImmutableList`1"] = s_immutableList,
        [Immutable + "ImmutableHashSet`1"] = s_immutableHashSet,
        [Immutable + "IImmutableSet`1"] = s_immutableHashSet,
        [Immutable + "ImmutableSortedSet`1"] = ImmutableOf(SequenceWalk.Count, "ImmutableSortedSet"),
        [Immutable + "ImmutableQueue`1"] = s_immutableQueue,
        [Immutable + "IImmutableQueue`1"] = s_immutableQueue,
        [Immutable + "ImmutableStack`1"] = s_immutableStack,
        [Immutable + "IImmutableStack`1"] = s_immutableStack,
        [Frozen + "FrozenSet`1"] = new(SequenceWalk.Count, SequenceStore.HashSet, "global::System.Collections.Frozen.FrozenSet.ToFrozenSet({0})"),
    };

    private static readonly Dictionary<string, MapForm> s_maps = new(StringComparer.Ordinal)
    {
        [Generic + "Dictionary`2"] = new(MapWalk.Count),
        [Generic + "IDictionary`2"] = new(MapWalk.Changeable),
        [Generic + "IReadOnlyDictionary`2"] = new(MapWalk.Changeable),
        [Generic + "SortedDictionary`2"] = new(MapWalk.Count, "new global::System.Collections.Generic.SortedDictionary<{1}>({0})", IsSorted: true),
        [Generic + "SortedList`2"] = new(MapWalk.Count, "new global::System.Collections.Generic.SortedList<{1}>({0})", IsSorted: true),
        [ObjectModel + "ReadOnlyDictionary`2"] = new(MapWalk.Changeable, "new global::System.Collections.ObjectModel.ReadOnlyDictionary<{1}>({0})"),
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = new(MapWalk.Concurrent, "new global::System.Collections.Concurrent.ConcurrentDictionary<{1}>({0})"),
        [Immutable + "ImmutableDictionary`2"] = new(MapWalk.Count, "global::System.Collections.Immutable.ImmutableDictionary.CreateRange<{1}>({0})"),
        [Immutable + "IImmutableDictionary`2"] = new(MapWalk.Changeable, "global::System.Collections.Immutable.ImmutableDictionary.CreateRange<{1}>({0})"),
        [Immutable + "ImmutableSortedDictionary`2"] = new(
            MapWalk.Count,
            "global::System.Collections.Immutable.ImmutableSortedDictionary.CreateRange<{1}>({0})",
            IsSorted: true),
        [Frozen + "FrozenDictionary`2"] = new(MapWalk.Count, "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary({0})"),
    };

    public static (SequenceForm Form, ITypeSymbol Element)? FindSequence(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => (s_array, array.ElementType),
        INamedTypeSymbol named when named.MetadataFullName() is { } name && s_sequences.TryGetValue(name, out var form) => (form, named.TypeArguments[0]),
        _ => null,
    };

    public static (MapForm Form, ITypeSymbol Key, ITypeSymbol Value)? FindMap(ITypeSymbol type) =>
        type is INamedTypeSymbol named && named.MetadataFullName() is { } name && s_maps.TryGetValue(name, out var form)
            ? (form, named.TypeArguments[0], named.TypeArguments[1])
            : null;

    private static SequenceForm ImmutableOf(SequenceWalk walk, string type, SequenceStore store = SequenceStore.Array) =>
        new(walk, store, $"global::System.Collections.Immutable.{type}.CreateRange<{{1}}>({{0}})");
}

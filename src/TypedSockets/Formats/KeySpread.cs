using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

/// <summary>
/// Watches how the keys of a map, or the elements of a set, spread over its buckets while they are read. Hash codes of numbers, times and GUIDs are no secret, so a peer can choose keys
/// that all meet in one bucket, and each that comes in is compared with all that are there. Such a payload is refused when the comparisons exceed 32 for each key; honest keys need one or
/// two. Strings are not watched: their hash codes have keys of the process once they collide.
/// </summary>
/// <typeparam name="TKey">The type of the keys, compared by its default comparer.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
public struct KeySpread<TKey>
{
    // As many keys may meet in one bucket: thousands of comparisons, which is microseconds.
    private const int FreeKeys = 128;
    private const int MaxComparisonsPerKey = 32;

    private ushort[]? _buckets;
    private long _comparisons;

    /// <summary>A key is about to be added.</summary>
    /// <exception cref="PayloadException">Too many of the keys share their buckets.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#pragma warning disable CS8714 // An element of a set may be null; a key of a dictionary is not, which its own type says.
    public void Add<TValue>(TKey key, Dictionary<TKey, TValue> entries)
#pragma warning restore CS8714
    {
        if (typeof(TKey) != typeof(string) && entries.Count >= FreeKeys)
        {
            Watch(key, entries.Count, entries.Capacity, entries.Keys);
        }
    }

    /// <inheritdoc cref="Add{TValue}(TKey, Dictionary{TKey, TValue})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TKey key, HashSet<TKey> elements)
    {
        if (typeof(TKey) != typeof(string) && elements.Count >= FreeKeys)
        {
            Watch(key, elements.Count, elements.Capacity, elements);
        }
    }

    private void Watch(TKey key, int count, int capacity, IEnumerable<TKey> keys)
    {
        if (_buckets is null || _buckets.Length != capacity)
        {
            // The table was made, or has grown, and with it the buckets have changed.
            _buckets = new ushort[capacity];
            _comparisons = 0;
            foreach (var item in keys)
            {
                Count(_buckets, item);
            }
        }

        Count(_buckets, key);
        if (_comparisons > (long)MaxComparisonsPerKey * (count + FreeKeys))
        {
            throw new PayloadException($"The {count} keys of a map or a set were chosen to have the same hash codes: they took {_comparisons} comparisons.");
        }
    }

    // The tables of the runtime have a bucket for each entry that they have room for, and take the remainder of the hash code.
    private void Count(ushort[] buckets, TKey key)
    {
        var hash = key is null ? 0 : EqualityComparer<TKey>.Default.GetHashCode(key);
        ref var bucket = ref buckets[(uint)hash % (uint)buckets.Length];
        _comparisons += bucket;
        if (bucket < ushort.MaxValue)
        {
            bucket++;
        }
    }
}

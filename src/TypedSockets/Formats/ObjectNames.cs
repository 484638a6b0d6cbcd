using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TypedSockets.Formats;

/// <summary>The names of an object's members, in the order in which this end writes them. Generated readers look up what arrives. Immutable.</summary>
/// <param name="names">The names; null for a member that has none in this format.</param>
[SuppressMessage("Design", "CA1062", Justification = "Generated code calls it.")]
public sealed class ObjectNames(params ReadOnlySpan<string?> names)
{
    private readonly byte[]?[] _names = Encode(names);

    /// <summary>Returns the position of a name; -1 for one that is unknown. A peer that writes the members in the same order has each of its names compared once.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="next">Where the name is looked for first: 0 before the first name of an object, and then left alone.</param>
    /// <param name="ignoreCase">Whether a name that is none of them as it is may be one of them in other ASCII letters.</param>
    public int Find(ReadOnlySpan<byte> name, ref int next, bool ignoreCase)
    {
        var expected = next;
        if ((uint)expected < (uint)_names.Length && name.SequenceEqual(_names[expected]) && _names[expected] is not null)
        {
            next = expected + 1;
            return expected;
        }

        var index = Search(name, ignoreCase);
        if (index >= 0)
        {
            next = index + 1;
        }

        return index;
    }

    private static byte[]?[] Encode(ReadOnlySpan<string?> names)
    {
        var encoded = new byte[]?[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            encoded[index] = names[index] is { } name ? Encoding.UTF8.GetBytes(name) : null;
        }

        return encoded;
    }

    private int Search(ReadOnlySpan<byte> name, bool ignoreCase)
    {
        for (var index = 0; index < _names.Length; index++)
        {
            if (_names[index] is { } candidate && name.SequenceEqual(candidate))
            {
                return index;
            }
        }

        for (var index = 0; ignoreCase && index < _names.Length; index++)
        {
            if (_names[index] is { } candidate && Ascii.EqualsIgnoreCase(name, candidate))
            {
                return index;
            }
        }

        return -1;
    }
}

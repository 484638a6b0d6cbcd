namespace TypedSockets.Formats;

/// <summary>Checks the lengths of arrays of several dimensions while they are read.</summary>
public static class GridLengths
{
    // Without elements nothing in the payload limits the lengths, and whoever walks such an array would do so for nothing.
    private const int MaxLengthOfEmpty = 65_536;

    /// <summary>Sets the length of a dimension, or checks that it is the one that is already known.</summary>
    /// <param name="length">The length; -1 as long as none is known.</param>
    /// <param name="count">How many elements a list of this dimension had.</param>
    /// <exception cref="PayloadException">Another list of the same dimension had another length.</exception>
    public static void Set(ref int length, int count)
    {
        if (length >= 0 && length != count)
        {
            throw new PayloadException($"The lists of an array of several dimensions have {length} elements, and one has {count}.");
        }

        length = count;
    }

    /// <summary>Returns 0 for a length that is not known, because there was no list of that dimension.</summary>
    public static int Known(int length) => Math.Max(length, 0);

    /// <summary>Checks how many values an array of <paramref name="rank"/> dimensions has: its lengths, and the list of its elements.</summary>
    /// <exception cref="PayloadException">It has another number of values.</exception>
    public static void CheckFields(int fields, int rank)
    {
        if (fields != rank + 1)
        {
            throw new PayloadException($"An array of {rank} dimensions has {rank + 1} values, not {fields}.");
        }
    }

    /// <summary>Checks that <paramref name="count"/> elements fill an array of <paramref name="lengths"/>.</summary>
    /// <exception cref="PayloadException">They do not.</exception>
    public static void Check(int count, ReadOnlySpan<int> lengths)
    {
        var product = Int128.One;
        foreach (var length in lengths)
        {
            if (length < 0 || (count == 0 && length > MaxLengthOfEmpty))
            {
                throw PayloadException.OutOfRange($"{length}", "length of an array");
            }

            product *= length;
        }

        if (product != count)
        {
            throw new PayloadException($"An array of several dimensions has {product} elements, and {count} follow.");
        }
    }
}

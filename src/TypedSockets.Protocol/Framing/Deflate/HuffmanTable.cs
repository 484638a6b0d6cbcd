namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>Finds the symbols of one set of codes (RFC 1951 §3.2.2). Short codes are looked up at once, longer ones are found by their length.</summary>
/// <param name="memory">Where it lies: <see cref="Overhead"/>, and one for each symbol that there can be.</param>
internal readonly ref struct HuffmanTable(Span<ushort> memory)
{
    public const int Overhead = FastSize + CountsSize;

    private const int MaxBits = 15;
    private const int FastBits = 9;
    private const int FastSize = 1 << FastBits;
    private const int CountsSize = MaxBits + 1;

    // An entry of the look-up is the symbol and, in the lowest four bits, the length of its code; 0 where there is none so short.
    private const int LengthBits = 4;

    private readonly Span<ushort> _fast = memory[..FastSize];
    private readonly Span<ushort> _counts = memory[FastSize..Overhead];
    private readonly Span<ushort> _symbols = memory[Overhead..];

    /// <summary>Makes the table from the code lengths of all symbols, 0 for those that are not used.</summary>
    /// <param name="lengths">A length of at most 15 for each symbol.</param>
    /// <param name="mayBeSparse">Whether there may be a single code of one bit, or none (RFC 1951 §3.2.7, of distances).</param>
    /// <exception cref="InvalidDataException">There are too many codes of some length, or too few.</exception>
    public void Build(ReadOnlySpan<byte> lengths, bool mayBeSparse)
    {
        _counts.Clear();
        _fast.Clear();
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        Span<int> nextIndex = stackalloc int[CountsSize + 1];
        Span<int> nextCode = stackalloc int[CountsSize + 1];
        var free = 1;
        for (var length = 1; length <= MaxBits; length++)
        {
            free = (free << 1) - _counts[length];
            if (free < 0)
            {
                throw new InvalidDataException("a set has more codes than there can be");
            }

            nextIndex[length + 1] = nextIndex[length] + _counts[length];
            nextCode[length + 1] = (nextCode[length] + _counts[length]) << 1;
        }

        if (free > 0 && !(mayBeSparse && (used == 0 || (used == 1 && _counts[1] == 1))))
        {
            throw new InvalidDataException("a set has fewer codes than there must be");
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[nextIndex[length]++] = (ushort)symbol;
            var code = nextCode[length]++;
            for (var entry = Reverse(code, length); length <= FastBits && entry < FastSize; entry += 1 << length)
            {
                _fast[entry] = (ushort)((symbol << LengthBits) | length);
            }
        }
    }

    /// <summary>Finds the symbol whose code the bits begin with.</summary>
    /// <exception cref="InvalidDataException">They begin with no code.</exception>
    public int Find(uint bits, out int length)
    {
        var entry = _fast[(int)(bits & (FastSize - 1))];
        if (entry != 0)
        {
            length = entry & ((1 << LengthBits) - 1);
            return entry >> LengthBits;
        }

        // Codes of one length are consecutive numbers, and follow on those of the length before (RFC 1951 §3.2.2).
        var (code, first, index) = (0, 0, 0);
        for (length = 1; length <= MaxBits; length++, bits >>= 1)
        {
            code |= (int)(bits & 1);
            int count = _counts[length];
            if (code - first < count)
            {
                return _symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        throw new InvalidDataException("there is a code that stands for nothing");
    }

    // Codes are packed from their highest bit on (RFC 1951 §3.1.1).
    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, code >>= 1)
        {
            reversed = (reversed << 1) | (code & 1);
        }

        return reversed;
    }
}

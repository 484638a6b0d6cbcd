namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>The codes of a block: what is standardized about them, and how a block brings its own (RFC 1951 §3.2).</summary>
internal static class DeflateCodes
{
    /// <summary>How many symbols there are for literals, the end of the block and lengths; the last two are never used.</summary>
    public const int Literals = 288;

    /// <summary>How many symbols there are for distances; the last two are never used.</summary>
    public const int Distances = 32;

    public const int EndOfBlock = 256;
    public const int FirstLength = 257;

    // Built once: a block without codes of its own may be as short as ten bits.
    private static readonly ushort[] s_fixedLiterals = BuildFixedLiterals();
    private static readonly ushort[] s_fixedDistances = BuildFixedDistances();

    /// <summary>Literals, the end and lengths in a block without codes of its own.</summary>
    public static HuffmanTable FixedLiterals => new(s_fixedLiterals);

    /// <summary>Distances in a block without codes of its own.</summary>
    public static HuffmanTable FixedDistances => new(s_fixedDistances);

    // RFC 1951 §3.2.7: the order in which the code lengths of the code lengths come.
    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Reads the tables of a block with codes of its own (RFC 1951 §3.2.7).</summary>
    /// <exception cref="InvalidDataException">There can be no such tables.</exception>
    public static void Read(ref DeflateBits bits, scoped in HuffmanTable literals, scoped in HuffmanTable distances)
    {
        var literalCount = FirstLength + bits.Read(5);
        var distanceCount = 1 + bits.Read(5);
        var lengthCount = 4 + bits.Read(4);
        if (literalCount > 286 || distanceCount > 30)
        {
            throw new InvalidDataException("a block has more codes than there are symbols");
        }

        Span<byte> lengths = stackalloc byte[Literals + Distances];
        for (var index = 0; index < lengthCount; index++)
        {
            lengths[LengthOrder[index]] = (byte)bits.Read(3);
        }

        literals.Build(lengths[..LengthOrder.Length], mayBeSparse: false);
        lengths.Clear();
        ReadLengths(ref bits, literals, lengths[..(literalCount + distanceCount)]);
        if (lengths[EndOfBlock] == 0)
        {
            throw new InvalidDataException("a block has no code for its end");
        }

        literals.Build(lengths[..literalCount], mayBeSparse: true);
        distances.Build(lengths.Slice(literalCount, distanceCount), mayBeSparse: true);
    }

    private static void ReadLengths(ref DeflateBits bits, scoped in HuffmanTable codes, scoped Span<byte> lengths)
    {
        for (var index = 0; index < lengths.Length;)
        {
            var symbol = bits.Read(codes);
            if (symbol < 16)
            {
                lengths[index++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && index == 0)
            {
                throw new InvalidDataException("the first code length repeats one before it");
            }

            var (value, count) = symbol switch
            {
                16 => (lengths[index - 1], 3 + bits.Read(2)),
                17 => ((byte)0, 3 + bits.Read(3)),
                _ => ((byte)0, 11 + bits.Read(7)),
            };
            if (count > lengths.Length - index)
            {
                throw new InvalidDataException("there are more code lengths than symbols");
            }

            lengths.Slice(index, count).Fill(value);
            index += count;
        }
    }

    // RFC 1951 §3.2.6
    private static ushort[] BuildFixedLiterals()
    {
        Span<byte> lengths = stackalloc byte[Literals];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        return Build(lengths);
    }

    private static ushort[] BuildFixedDistances()
    {
        Span<byte> lengths = stackalloc byte[Distances];
        lengths.Fill(5);
        return Build(lengths);
    }

    private static ushort[] Build(ReadOnlySpan<byte> lengths)
    {
        var memory = new ushort[HuffmanTable.Overhead + lengths.Length];
        new HuffmanTable(memory).Build(lengths, mayBeSparse: false);
        return memory;
    }
}

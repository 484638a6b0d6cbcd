using TypedSockets.Benchmarks.Contracts;

namespace TypedSockets.Benchmarks.Load;

/// <summary>The payloads of a run, from a seed: the same for every system.</summary>
internal sealed class BenchmarkInput
{
    public const string Distribution =
        "chat line: room 8, user 12, text 64 characters drawn evenly from [a-z0-9], id an even 63-bit number above 2^32; "
        + "move: player 1,000-32,767, coordinates multiples of 0.25 in 0-999.75, tick 2^16-2^32, all drawn evenly";

    // Enough that a server cannot profit from seeing one payload over and over.
    private const int LineCount = 64;
    private const int MoveCount = 4096;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public BenchmarkInput(int seed)
    {
        var random = new Random(seed);
        Lines = Enumerable.Range(0, LineCount)
            .Select(_ => new ChatLine(Text(random, 8), Text(random, 12), Text(random, 64), random.NextInt64(1L << 32, long.MaxValue)))
            .ToArray();
        Moves = Enumerable.Range(0, MoveCount)
            .Select(_ => new Move(random.Next(1000, 32768), Coordinate(random), Coordinate(random), Coordinate(random), (uint)random.NextInt64(1 << 16, uint.MaxValue)))
            .ToArray();
    }

    public IReadOnlyList<ChatLine> Lines { get; }

    public IReadOnlyList<Move> Moves { get; }

    private static string Text(Random random, int length) => string.Create(length, random, (span, source) =>
    {
        foreach (ref var character in span)
        {
            character = Alphabet[source.Next(Alphabet.Length)];
        }
    });

    private static float Coordinate(Random random) => random.Next(4000) / 4f;
}

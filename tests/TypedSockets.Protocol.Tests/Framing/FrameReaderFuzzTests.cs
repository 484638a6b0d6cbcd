using System.Globalization;
using System.IO.Compression;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;
using TypedSockets.Protocol.Tests.Framing.Cases;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>
/// Valid streams, changed at random: whatever arrives, however it is cut, ends in messages or a violation, always the same, and within the limit's memory. A failure names its seed;
/// with that in <c>TYPEDSOCKETS_FUZZ_SEED</c> it alone is run again.
/// </summary>
public sealed class FrameReaderFuzzTests
{
    private const string SeedVariable = "TYPEDSOCKETS_FUZZ_SEED";
    private const int FirstSeed = 64_550_000;
    private const int Seeds = 25_000;
    private const int Limit = 2_000;

    // What a reader may hold: the compressed and the inflated message, twice while either grows, and the window; and what a violation and the log cost.
    private const long MaxAllocated = 512 * 1024;

    [Fact]
    public void AnyBytes_HoweverTheyAreCut_EndTheSame()
    {
        var chosen = Environment.GetEnvironmentVariable(SeedVariable);
        var seeds = chosen is null ? Enumerable.Range(FirstSeed, Seeds) : Enumerable.Range(int.Parse(chosen, CultureInfo.InvariantCulture), 1);
        var violations = 0;
        foreach (var seed in seeds)
        {
            try
            {
                violations += Run(new Random(seed)) ? 1 : 0;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed} fails; {SeedVariable}={seed} runs it alone. {exception}");
            }
        }

        if (chosen is null)
        {
            // Enough of both, or the mutations are of no use.
            Assert.InRange(violations, Seeds / 10, Seeds * 9 / 10);
        }
    }

    /// <summary>Returns whether the stream ended in a violation.</summary>
    private static bool Run(Random random)
    {
        var side = random.Next(2) == 0 ? Side.Server : Side.Client;
        var deflate = random.Next(2) == 0 ? null : new DeflateTerms(random.Next(2) == 0, random.Next(2) == 0, ThresholdBytes: 0, CompressionLevel.Fastest);
        var input = Mutate(random, Stream(random, side, deflate));
        var framing = new FramingCase("anything", side, input, []) { Deflate = deflate }.Within(Limit);
        var whole = framing.ReadAtOnce([[.. input]]);
        Assert.Equal(whole, framing.ReadAtOnce(Cut(random, input)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var cut = framing.ReadOneByOne(Cut(random, input));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        Assert.Equal(whole, cut);
        return whole.Any(line => line.StartsWith("violation", StringComparison.Ordinal));
    }

    private static byte[] Stream(Random random, Side side, DeflateTerms? deflate)
    {
        List<byte> stream = [];
        using var peer = new PeerDeflate(side is Side.Server ? deflate is { ClientContextTakeover: true } : deflate is { ServerContextTakeover: true });
        for (var message = random.Next(1, 6); message > 0; message--)
        {
            var isText = random.Next(2) == 0;
            var payload = new byte[random.Next(4) == 0 ? random.Next(Limit + 1) : random.Next(140)];
            for (var index = 0; index < payload.Length; index++)
            {
                payload[index] = (byte)(isText || random.Next(3) != 0 ? 'a' + (index % 7) : random.Next(256));
            }

            var isCompressed = deflate is not null && payload.Length > 0 && random.Next(3) != 0;
            var bytes = isCompressed ? peer.Compress(payload) : payload;
            var (opcode, reserved) = (isText ? Opcode.Text : Opcode.Binary, isCompressed ? 0x40 : 0);
            for (var position = 0; opcode is not Opcode.Continuation || position < bytes.Length;)
            {
                var count = random.Next(2) == 0 ? bytes.Length - position : random.Next(bytes.Length - position + 1);
                stream.AddRange(Frames.Build(opcode, bytes.AsSpan(position, count), side is Side.Server, position + count == bytes.Length, reserved));
                position += count;
                (opcode, reserved) = (Opcode.Continuation, 0);
                if (random.Next(5) == 0)
                {
                    stream.AddRange(Frames.Build(random.Next(2) == 0 ? Opcode.Ping : Opcode.Pong, new byte[random.Next(126)], side is Side.Server));
                }
            }
        }

        if (random.Next(3) == 0)
        {
            stream.AddRange(Frames.Build(Opcode.Close, [0x03, 0xe8, .. "bye"u8], side is Side.Server));
        }

        return [.. stream];
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        List<byte> mutated = [.. bytes];
        for (var change = random.Next(4); change > 0 && mutated.Count > 0; change--)
        {
            // Heads are where it matters; they are near the beginning more often than not.
            var position = random.Next(random.Next(2) == 0 ? Math.Min(20, mutated.Count) : mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[position] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated.RemoveAt(position);
                    break;
                case 3:
                    mutated.Insert(position, (byte)random.Next(256));
                    break;
                default:
                    mutated.RemoveRange(position, mutated.Count - position);
                    break;
            }
        }

        return [.. mutated];
    }

    private static List<byte[]> Cut(Random random, byte[] bytes)
    {
        List<byte[]> chunks = [];
        for (var position = 0; position < bytes.Length;)
        {
            var count = Math.Min(bytes.Length - position, random.Next(4) == 0 ? random.Next(1, 4) : random.Next(1, 400));
            chunks.Add(bytes[position..(position + count)]);
            position += count;
        }

        return chunks;
    }
}

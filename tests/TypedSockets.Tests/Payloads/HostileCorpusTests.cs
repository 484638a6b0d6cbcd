using TypedSockets.Corpus;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Payloads;

/// <summary>Whatever happens to a payload on its way, a serializer reads it or ends in a <see cref="PayloadException"/>, and never in anything else.</summary>
public sealed class HostileCorpusTests
{
    private const int Seed = 20261122;
    private const int Rounds = 100;
    private const int MaxLength = 2_000;

    private static readonly byte[] s_jsonBytes = [.. "[]{},:\"\\0129-.eEntfu \u0001"u8, 0x80, 0xff];

    public static TheoryData<string> Names => [.. CorpusCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void MutatedPayload_IsReadOrRefused(string name)
    {
        var item = CorpusCases.All.Single(candidate => candidate.Name == name);
        var random = new Random(Seed);
        foreach (var format in Enum.GetValues<CorpusFormat>())
        {
            var payload = item.Encode(format);
            for (var round = 0; round < Rounds && payload.Length <= MaxLength; round++)
            {
                try
                {
                    item.Decode(format, Mutate(payload, random, format));
                }
                catch (PayloadException)
                {
                }
            }
        }
    }

    private static byte[] Mutate(byte[] payload, Random random, CorpusFormat format)
    {
        var mutated = payload.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && mutated.Count > 0; changes--)
        {
            var position = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated.RemoveAt(position);
                    break;
                case 1:
                    mutated.RemoveRange(position, mutated.Count - position);
                    break;
                case 2:
                    mutated.Insert(position, mutated[random.Next(mutated.Count)]);
                    break;
                default:
                    mutated[position] = format == CorpusFormat.Json ? s_jsonBytes[random.Next(s_jsonBytes.Length)] : (byte)random.Next(256);
                    break;
            }
        }

        return [.. mutated];
    }
}

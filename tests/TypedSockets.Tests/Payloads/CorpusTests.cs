using TypedSockets.Corpus;

namespace TypedSockets.Tests.Payloads;

/// <summary>Every type that travels arrives as it was sent, in both formats.</summary>
public sealed class CorpusTests
{
    private const int MaxCompared = 10_000;

    public static TheoryData<string> Names => [.. CorpusCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_InMessagePack_ArrivesAsItWasSent(string name) => ArrivesAsItWasSent(name, CorpusFormat.MessagePack);

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_InJson_ArrivesAsItWasSent(string name) => ArrivesAsItWasSent(name, CorpusFormat.Json);

    [Fact]
    public void Names_AreUnique() => Assert.Equal(CorpusCases.All.Count, CorpusCases.All.DistinctBy(item => item.Name).Count());

    private static void ArrivesAsItWasSent(string name, CorpusFormat format)
    {
        var item = CorpusCases.All.Single(candidate => candidate.Name == name);
        var payload = item.Encode(format);

        var (value, again) = item.Decode(format, payload);

        Assert.Equal(item.Content is null, value is null);
        if (item.Content is not null)
        {
            Assert.Equal(item.Content.GetType().IsAssignableTo(typeof(System.Collections.IEnumerable)), value is System.Collections.IEnumerable);
        }

        if (!item.IsUnordered && !item.IsLossy)
        {
            // What is written of the value that was read is what was written first: nothing has been lost, whatever the type thinks of equality.
            Assert.Equal(payload, again);
        }

        // It compares each element with each.
        if (!item.IsLossy && payload.Length < MaxCompared)
        {
            Assert.Equivalent(item.Content, value);
        }
    }
}

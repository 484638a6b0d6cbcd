using System.Text;

namespace TypedSockets.Tests.Formats;

/// <summary>What <c>ReadInternedString</c> returns equals what <c>ReadString</c> returns, and is mostly an instance that exists already.</summary>
public sealed class InternedStringsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("lobby")]
    [InlineData("a room of 64 bytes, which is the most that the table remembers..")]
    [InlineData("Łódź")]
    [InlineData("\U0001F600\0")]
    public void SameText_IsTheSameInstance(string text) => Assert.Same(Read(text), Read(text));

    [Fact]
    public void LongText_IsReadWithoutTheTable()
    {
        var text = new string('x', 65);
        Assert.Equal(text, Read(text));
        Assert.NotSame(Read(text), Read(text));
    }

    [Fact]
    public void AnyText_EqualsWhatWasWritten_HoweverManyThereAre()
    {
        var random = new Random(20_261_122);
        for (var round = 0; round < 50_000; round++)
        {
            // Few letters, so that texts repeat, share prefixes and have equal lengths; some take two and three bytes.
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => "ab\0éß€"[random.Next(6)]));
            Assert.Equal(text, Read(text));
        }
    }

    [Fact]
    public void ThreadsAtOnce_ReadTheirOwnTexts() => Parallel.For(0, 4, seed =>
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var text = $"user {random.Next(3_000)}";
            Assert.Equal(text, Read(text));
        }
    });

    [Fact]
    public void RepeatedText_AllocatesNothing()
    {
        var payload = Payload.Write((ref writer) => writer.WriteString("general"));
        Payload.Reading<string> read = static (ref reader) => reader.ReadInternedString();
        Payload.Read(payload, read);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Payload.Read(payload, read);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("a1ff")]
    [InlineData("a3eda080")]
    [InlineData("a2c080")]
    [InlineData("c0")]
    [InlineData("a261")]
    public void BytesThatAreNoString_AreUnreadable(string hex) => Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadInternedString());

    private static string Read(string text)
    {
        var payload = Payload.Write((ref writer) => writer.WriteString(text));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), payload.Length - (payload.Length > 33 ? 2 : 1));
        return Payload.Read(payload, (ref reader) => reader.ReadInternedString());
    }
}

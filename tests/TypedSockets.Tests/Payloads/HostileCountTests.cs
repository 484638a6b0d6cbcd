using System.Buffers.Binary;
using System.Text;
using TypedSockets.Corpus;
using TypedSockets.Corpus.Types;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Payloads;

/// <summary>Messages that claim more than they hold, or hold what takes little room on the wire, through the generated serializer of every type.</summary>
public sealed class HostileCountTests
{
    private const int Nils = 10_000;

    // Reading begins with writing, in a case of the corpus; what that takes must not hide the rest.
    private const int MaxLength = 5_000;

    // What an exception takes, and what the test itself writes.
    private const int Fixed = 40_000;

    // A place in a list of values takes a byte on the wire and up to as many here as the value has.
    private const int LargestPlace = 48;

    /// <summary>Five bytes that claim 2³¹ elements, pairs, characters or bytes, and six for an extension.</summary>
    private static readonly string[] s_claims = ["dd80000000", "df80000000", "db80000000", "c680000000", "c98000000005"];

    public static TheoryData<string> Names => [.. CorpusCases.All.Where(item => item.Encode(CorpusFormat.MessagePack).Length < MaxLength).Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void HugeClaim_AloneAndWhereAMemberOrAnElementStands_IsRefusedAndAllocatesNothing(string name)
    {
        var item = Case(name);
        foreach (var claim in s_claims)
        {
            // Alone, as the only element or member, as the first and second of more, as a key, and as the value of one.
            foreach (var before in (string[])["", "91", "95", "9501", "81", "81a161"])
            {
                var payload = Convert.FromHexString("91" + before + claim);
                AssertRefused(item, payload);
                Assert.InRange(Allocated(item, CorpusFormat.MessagePack, payload), 0, Fixed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ListOfNils_TakesASmallMultipleOfItsLength(string name)
    {
        var item = Case(name);
        foreach (var depth in (int[])[1, 2])
        {
            var nils = Enumerable.Repeat((byte)0xc0, Nils);
            // A list, and one that is the only member of an object or element of a list.
            byte[] payload = [.. Enumerable.Repeat((byte)0x91, depth), 0xdc, .. BigEndian(Nils), .. nils];
            Assert.InRange(Allocated(item, CorpusFormat.MessagePack, payload), 0, (LargestPlace * payload.Length) + Fixed);

            var json = Encoding.UTF8.GetBytes(new string('[', depth + 1) + string.Join(',', Enumerable.Repeat("null", Nils)) + new string(']', depth + 1));
            Assert.InRange(Allocated(item, CorpusFormat.Json, json), 0, (LargestPlace * json.Length) + Fixed);
        }
    }

    [Fact]
    public void ListOfNils_WhereObjectsStand_IsRefusedAtTheFirst()
    {
        var item = Case("ReadOnlyList: fifty");
        var exception = AssertRefused(item, [0x91, 0xdc, .. BigEndian(Nils), .. Enumerable.Repeat((byte)0xc0, Nils)]);
        Assert.Contains("Byte 4 is 0xc0, where an object should begin", exception.Message, StringComparison.Ordinal);
        AssertRefused(item, Encoding.UTF8.GetBytes("[[null,null]]"), CorpusFormat.Json);
    }

    [Fact]
    public void UnknownMember_NestedAMillionTimes_IsSkippedWithoutRecursion()
    {
        var item = Case("NullablePoint: given");
        byte[] beginning = [0x91, 0x93, 0x01, 0x02];
        byte[] lists = [.. beginning, .. Enumerable.Repeat((byte)0x91, 1_000_000), 0xc0];
        Assert.Equal(new Point(1, 2), item.Decode(CorpusFormat.MessagePack, lists).Value);
        Assert.InRange(Allocated(item, CorpusFormat.MessagePack, lists), 0, Fixed);
        // Maps of one entry, whose key is the next one; and then the end is missing.
        AssertRefused(item, [.. beginning, .. Enumerable.Repeat((byte)0x81, 1_000_000)]);
    }

    [Theory]
    [InlineData("dd80000000")]
    [InlineData("dfffffffff")]
    [InlineData("dbffffffff")]
    [InlineData("c6ffffffff")]
    [InlineData("c9ffffffff05")]
    [InlineData("dfffffffffdfffffffffdfffffffff")]
    public void UnknownMember_ThatClaimsMoreThanFollows_IsRefused(string claim)
    {
        var item = Case("NullablePoint: given");
        var payload = Convert.FromHexString("91930102" + claim);
        AssertRefused(item, payload);
        Assert.InRange(Allocated(item, CorpusFormat.MessagePack, payload), 0, Fixed);
    }

    [Fact]
    public void UnknownMember_InJson_IsSkippedToTheLimitOfDepth()
    {
        var item = Case("NullablePoint: given");
        // The array of arguments and the object itself count.
        var most = PayloadLimits.Default.MaxDepth - 2;
        Assert.Equal(new Point(1, 2), item.Decode(CorpusFormat.Json, Nested(most)).Value);
        Assert.Contains("MaxDepth", AssertRefused(item, Nested(most + 1), CorpusFormat.Json).Message, StringComparison.Ordinal);
        AssertRefused(item, Nested(1_000_000), CorpusFormat.Json);

        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes($$"""[{"x":1,"unknown":{{new string('[', depth)}}{{new string(']', depth)}},"y":2}]""");
    }

    [Fact]
    public void Recursion_BeyondTheLimitOfDepth_IsRefused()
    {
        // Tree.First again and again: [name, [name, …
        var payload = new List<byte> { 0x91 };
        for (var level = 0; level < 100_000; level++)
        {
            payload.AddRange([0x93, 0xa1, 0x61]);
        }

        Assert.Contains("MaxDepth", AssertRefused(Case("TreeValue: three levels"), [.. payload]).Message, StringComparison.Ordinal);
    }

    private static PayloadException AssertRefused(CorpusCase item, byte[] payload, CorpusFormat format = CorpusFormat.MessagePack) =>
        Assert.Throws<PayloadException>(() => item.Decode(format, payload));

    /// <summary>What it takes to read the payload or to find out that it cannot be read, the second time.</summary>
    private static long Allocated(CorpusCase item, CorpusFormat format, byte[] payload)
    {
        Attempt();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Attempt();
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Attempt()
        {
            try
            {
                item.Decode(format, payload);
            }
            catch (PayloadException)
            {
            }
        }
    }

    private static byte[] BigEndian(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private static CorpusCase Case(string name) => CorpusCases.All.Single(item => item.Name == name);
}

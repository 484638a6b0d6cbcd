using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Whatever arrives ends in <see cref="PayloadException"/> or in a value: never in another exception, a hang, a deep stack or memory out of proportion.</summary>
public sealed class MessagePackHostileTests
{
    [Theory]
    [InlineData("dd80000000")]
    [InlineData("ddffffffff")]
    [InlineData("df7fffffff")]
    [InlineData("dfffffffff")]
    [InlineData("db80000000")]
    [InlineData("dbffffffff")]
    [InlineData("c680000000")]
    [InlineData("c6ffffffff")]
    public void HugeCount_InFiveBytes_AllocatesNothingForIt(string hex)
    {
        var payload = Convert.FromHexString(hex);
        ReadEverything(payload);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failures = ReadEverything(payload);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Readings.All.Length, failures);
        // What exceptions take.
        Assert.InRange(allocated, 0, 4_096 * failures);
    }

    [Fact]
    public void Count_AgainstTheBytesThatAreLeft_OneTooManyIsRefused()
    {
        Assert.Equal(2, Payload.Read([0x92, 0xc0, 0xc0], (ref reader) =>
        {
            var count = reader.BeginArray();
            reader.EndArray(count);
            return count;
        }));
        Payload.AssertUnreadable([0x93, 0xc0, 0xc0], (ref reader) => reader.BeginArray());
        Payload.AssertUnreadable([0x82, 0xc0, 0xc0, 0xc0], (ref reader) => reader.BeginMap());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(512)]
    public void Depth_AtTheLimitIsRead_BeyondItIsRefused(int limit)
    {
        var limits = new PayloadLimits { MaxDepth = limit };
        Assert.Equal(limit, Payload.Read(Nested(limit), (ref reader) => Descend(ref reader), limits));
        var exception = Payload.AssertUnreadable(Nested(limit + 1), (ref reader) => Descend(ref reader), limits);
        Assert.Contains("MaxDepth", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_OfSiblings_DoesNotAddUp()
    {
        var payload = Payload.Write((ref writer) =>
        {
            writer.BeginArray(300);
            for (var index = 0; index < 100; index++)
            {
                writer.BeginArray(0);
                writer.BeginMap(0);
                writer.BeginObject(0);
            }
        });
        var read = Payload.Read(payload, (ref reader) =>
        {
            var count = reader.BeginArray();
            for (var index = 0; index < count; index += 3)
            {
                reader.BeginArray();
                reader.EndArray();
                reader.BeginMap();
                reader.EndMap();
                reader.BeginObject();
                reader.EndObject(0);
            }

            reader.EndArray();
            return count;
        }, new PayloadLimits { MaxDepth = 2 });
        Assert.Equal(300, read);
    }

    [Fact]
    public void CollectionLength_AtTheLimitIsRead_BeyondItIsRefused()
    {
        var limits = new PayloadLimits { MaxCollectionLength = 3 };
        Assert.Equal(3, Payload.ReadHex("93c0c0c0", (ref reader) => Count(ref reader, map: false), limits));
        Assert.Equal(3, Payload.ReadHex("83c0c0c0c0c0c0", (ref reader) => Count(ref reader, map: true), limits));
        var exception = Payload.AssertUnreadableHex("94c0c0c0c0", (ref reader) => reader.BeginArray(), limits);
        Assert.Contains("MaxCollectionLength", exception.Message, StringComparison.Ordinal);
        Payload.AssertUnreadableHex("84c0c0c0c0c0c0c0c0", (ref reader) => reader.BeginMap(), limits);

        static int Count(ref MessagePackReader reader, bool map)
        {
            var count = map ? reader.BeginMap() : reader.BeginArray();
            for (var value = 0; value < (map ? 2 : 1) * count; value++)
            {
                reader.Skip();
            }

            return count;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void MaxDepth_OutsideItsRange_IsRefused(int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => new PayloadLimits { MaxDepth = depth });

    [Fact]
    public void MaxCollectionLength_BelowOne_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new PayloadLimits { MaxCollectionLength = 0 });

    [Fact]
    public void Skip_OfEveryFirstByte_TakesTheWholeValueOrRefuses()
    {
        // 0xc1 is the only byte that begins nothing; the rest of the value is zeros, which are integers, empty strings' lengths and counts alike.
        for (var first = 0; first <= byte.MaxValue; first++)
        {
            var payload = new byte[64];
            payload[0] = (byte)first;
            var reader = new MessagePackReader(payload, PayloadLimits.Default);
            try
            {
                reader.Skip();
                Assert.NotEqual(0xc1, first);
                Assert.Equal(SizeWithZeros((byte)first), reader.Position);
            }
            catch (PayloadException)
            {
                Assert.Equal(0xc1, first);
            }
        }
    }

    [Fact]
    public void Skip_OfAMillionNestedLists_DoesNotRecurse()
    {
        var payload = Nested(1_000_000);
        Assert.True(Payload.Read(payload, (ref reader) =>
        {
            reader.Skip();
            return true;
        }));
        Payload.AssertUnreadable(payload.AsSpan(0, payload.Length - 1), (ref reader) =>
        {
            reader.Skip();
            return true;
        });
    }

    [Fact]
    public void Truncation_AtEveryPoint_IsUnreadable()
    {
        var payload = Sample.Write();
        Sample.Read(payload);
        for (var length = 0; length < payload.Length; length++)
        {
            Payload.AssertUnreadable(payload.AsSpan(0, length), (ref reader) => Sample.Read(ref reader));
            Payload.AssertUnreadable(payload.AsSpan(0, length), (ref reader) =>
            {
                reader.Skip();
                return true;
            });
        }
    }

    [Fact]
    public void Mutations_OfARealPayload_EndInAValueOrAPayloadException()
    {
        const int Rounds = 150_000;
        const int Seed = 20_251;
        var original = Sample.Write();
        var random = new Random(Seed);
        var payload = new byte[original.Length];
        var unreadable = 0;
        for (var round = 0; round < Rounds; round++)
        {
            original.CopyTo(payload, 0);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            }

            unreadable += AttemptSample(payload.AsSpan(0, random.Next(8) == 0 ? random.Next(payload.Length) : payload.Length)) ? 0 : 1;
        }

        // Some changes hit a digit or a letter and leave a value; most do not.
        Assert.InRange(unreadable, Rounds / 10, Rounds - 1);
    }

    [Fact]
    public void RandomBytes_EndInValuesOrAPayloadException_WithinProportionateMemory()
    {
        const int Rounds = 150_000;
        const int Seed = 7_007;
        var random = new Random(Seed);
        var payload = new byte[256];
        for (var round = 0; round < Rounds; round++)
        {
            random.NextBytes(payload);
            var input = payload.AsSpan(0, random.Next(payload.Length));
            var reading = Readings.All[round % Readings.All.Length];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var failures = AttemptUntilItFails(input, reading);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= (8 * input.Length) + (failures * 8_192) + 1_024, $"{allocated} bytes for an input of {input.Length}, round {round}.");
        }
    }

    private static byte[] Nested(int depth)
    {
        var payload = new byte[depth];
        payload.AsSpan().Fill(0x91);
        payload[^1] = 0x90;
        return payload;
    }

    private static int Descend(ref MessagePackReader reader)
    {
        var depth = 1;
        while (reader.BeginArray() == 1)
        {
            depth++;
        }

        return depth;
    }

    private static int SizeWithZeros(byte first) => first switch
    {
        <= 0x7f or >= 0xe0 => 1,
        <= 0x8f => 1 + (2 * (first & 0x0f)),
        <= 0x9f => 1 + (first & 0x0f),
        <= 0xbf => 1 + (first & 0x1f),
        0xc0 or 0xc2 or 0xc3 => 1,
        0xc4 or 0xd9 or 0xcc or 0xd0 => 2,
        0xc5 or 0xda or 0xcd or 0xd1 or 0xdc or 0xde => 3,
        0xc6 or 0xdb or 0xce or 0xd2 or 0xca or 0xdd or 0xdf => 5,
        0xcf or 0xd3 or 0xcb => 9,
        0xc7 => 3,
        0xc8 => 4,
        0xc9 => 6,
        0xd4 => 3,
        0xd5 => 4,
        0xd6 => 6,
        0xd7 => 10,
        0xd8 => 18,
        _ => throw new ArgumentOutOfRangeException(nameof(first), first, "Begins nothing."),
    };

    private static bool AttemptSample(ReadOnlySpan<byte> payload)
    {
        try
        {
            Sample.Read(payload);
            return true;
        }
        catch (PayloadException)
        {
            return false;
        }
    }

    private static int ReadEverything(byte[] payload) => Readings.All.Sum(reading => AttemptUntilItFails(payload, reading));

    /// <summary>Reads one value after the other until the payload ends or one cannot be read. Returns 1 in the second case.</summary>
    private static int AttemptUntilItFails(ReadOnlySpan<byte> payload, Readings.Attempt reading)
    {
        var reader = new MessagePackReader(payload, PayloadLimits.Default);
        try
        {
            while (reader.Position < payload.Length)
            {
                reading(ref reader);
            }

            return 0;
        }
        catch (PayloadException)
        {
            return 1;
        }
    }
}

using System.IO.Compression;
using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Tests.Framing.Deflate;

public sealed class MessageInflaterTests
{
    private const int Limit = 200_000;

    /// <summary>RFC 7692 §7.2.3: what its examples look like on the wire.</summary>
    [Theory]
    [InlineData("f248cdc9c90700", "Hello")]
    [InlineData("000500faff48656c6c6f00", "Hello")]
    [InlineData("f348cdc9c9070000", "Hello")]
    [InlineData("f24805000000ffffcac9c90700", "Hello")]
    [InlineData("00", "")]
    [InlineData("", "")]
    [InlineData("000000ffff00", "")]
    public void ExampleOfTheRfc_IsInflated(string hex, string expected)
    {
        using var inflater = new MessageInflater(takesOver: false, Limit);
        Assert.Equal(expected, Inflate(inflater, Convert.FromHexString(hex)));
    }

    /// <summary>RFC 7692 §7.2.3.2: the second message is a reference to the first.</summary>
    [Fact]
    public void Message_ThatRefersToTheOneBefore_NeedsContextTakeover()
    {
        byte[] second = [0xf2, 0x00, 0x11, 0x00, 0x00];
        using var inflater = new MessageInflater(takesOver: true, Limit);
        Assert.Equal("Hello", Inflate(inflater, Convert.FromHexString("f248cdc9c90700")));
        Assert.Equal("Hello", Inflate(inflater, second));
        using var forgetful = new MessageInflater(takesOver: false, Limit);
        Assert.Equal("Hello", Inflate(forgetful, Convert.FromHexString("f248cdc9c90700")));
        AssertInvalid(forgetful, second);
    }

    /// <summary>RFC 7692 §7.2.3.4: a block that calls itself the last ends neither its message nor what later messages may refer to.</summary>
    [Fact]
    public void Block_ThatCallsItselfTheLast_EndsNothing()
    {
        using var inflater = new MessageInflater(takesOver: true, Limit);
        Assert.Equal("Hello", Inflate(inflater, Convert.FromHexString("f348cdc9c9070000")));
        Assert.Equal("HelloHello", Inflate(inflater, [.. Convert.FromHexString("010500faff48656c6c6f"), .. Convert.FromHexString("f348cdc9c9070000")]));
        Assert.Equal("Hello", Inflate(inflater, [0xf2, 0x00, 0x11, 0x00, 0x00]));
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest, true)]
    [InlineData(CompressionLevel.Fastest, false)]
    [InlineData(CompressionLevel.Optimal, true)]
    [InlineData(CompressionLevel.Optimal, false)]
    [InlineData(CompressionLevel.SmallestSize, true)]
    [InlineData(CompressionLevel.SmallestSize, false)]
    public void WhatTheDeflaterCompresses_IsInflated(CompressionLevel level, bool takesOver)
    {
        const int Seed = 7_692;
        var random = new Random(Seed);
        using var deflater = new MessageDeflater(takesOver, thresholdBytes: 0, level);
        using var inflater = new MessageInflater(takesOver, Limit);
        for (var round = 0; round < 120; round++)
        {
            var message = Message(random, random.Next(4) == 0 ? random.Next(Limit) : random.Next(1, 2_000));
            var payload = deflater.Deflate(message).ToArray();
            deflater.Release();
            Assert.True(payload.Length <= inflater.MaxCompressedBytes);
            Assert.True(inflater.Inflate(payload).SequenceEqual(message), $"round {round}");
            inflater.Release();
        }
    }

    /// <summary>Of a message that was cut off nothing is handed on; and no bytes make it end in anything but a message or a violation.</summary>
    [Fact]
    public void CutAndMutatedData_EndsInAMessageOrAViolation()
    {
        const int Seed = 1_951;
        var random = new Random(Seed);
        using var deflater = new MessageDeflater(takesOver: false, thresholdBytes: 0, CompressionLevel.Optimal);
        var original = deflater.Deflate(Message(random, 3_000)).ToArray();
        var violations = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = original[..random.Next(original.Length)];
            for (var change = random.Next(3); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var inflater = new MessageInflater(takesOver: false, Limit);
            try
            {
                Assert.True(inflater.Inflate(bytes).Length <= Limit);
            }
            catch (FrameViolationException violation)
            {
                Assert.True(violation.CloseCode is CloseCode.InvalidPayload or CloseCode.MessageTooBig);
                violations++;
            }

            inflater.Release();
        }

        Assert.InRange(violations, 15_000, 20_000);
    }

    [Theory]
    [InlineData("07")]
    [InlineData("000500faff4865")]
    [InlineData("000500ffff48656c6c6f00")]
    [InlineData("0005")]
    [InlineData("f248cdc9")]
    [InlineData("02")]
    [InlineData("fcff")]
    [InlineData("edc081000000000090a9ed1fed")]
    public void Data_ThatRfc1951Forbids_IsAnInvalidPayload(string hex)
    {
        using var inflater = new MessageInflater(takesOver: false, Limit);
        AssertInvalid(inflater, Convert.FromHexString(hex));
    }

    [Fact]
    public void Message_OfJustTheLimit_IsInflated_AndOneByteMoreIsRefused()
    {
        using var deflater = new MessageDeflater(takesOver: true, thresholdBytes: 0, CompressionLevel.Optimal);
        using var inflater = new MessageInflater(takesOver: true, Limit);
        for (var round = 0; round < 3; round++)
        {
            var payload = deflater.Deflate(new byte[Limit]).ToArray();
            deflater.Release();
            Assert.Equal(Limit, inflater.Inflate(payload).Length);
            inflater.Release();
        }

        var more = deflater.Deflate(new byte[Limit + 1]).ToArray();
        Assert.IsType<PayloadTooLarge>(Assert.Throws<FrameViolationException>(() => inflater.Inflate(more)).Reason);
    }

    /// <summary>100 MB in 100 KB. Refusing them must not cost memory either.</summary>
    [Fact]
    public void Bomb_IsRefusedWithinTheLimitsMemory()
    {
        using var deflater = new MessageDeflater(takesOver: false, thresholdBytes: 0, CompressionLevel.SmallestSize);
        var bomb = deflater.Deflate(new byte[100_000_000]).ToArray();
        using var inflater = new MessageInflater(takesOver: false, Limit);
        Assert.True(bomb.Length < inflater.MaxCompressedBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var violation = Assert.Throws<FrameViolationException>(() => inflater.Inflate(bomb));
        inflater.Release();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * Limit);
        Assert.Equal(CloseCode.MessageTooBig, violation.CloseCode);
        Assert.Equal(Limit, Assert.IsType<PayloadTooLarge>(violation.Reason).Limit);
    }

    private static byte[] Message(Random random, int length)
    {
        var message = new byte[length];
        var kind = random.Next(4);
        for (var index = 0; index < length; index++)
        {
            message[index] = kind switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)("abcdefgh"[random.Next(8)] + (random.Next(50) == 0 ? 100 : 0)),
                2 => (byte)(index / 700),
                _ => index > 40 && random.Next(20) != 0 ? message[index - 37] : (byte)random.Next(256),
            };
        }

        return message;
    }

    private static string Inflate(MessageInflater inflater, byte[] payload)
    {
        var text = Encoding.UTF8.GetString(inflater.Inflate(payload));
        inflater.Release();
        return text;
    }

    private static void AssertInvalid(MessageInflater inflater, byte[] payload)
    {
        var violation = Assert.Throws<FrameViolationException>(() => inflater.Inflate(payload));
        inflater.Release();
        Assert.Equal(CloseCode.InvalidPayload, violation.CloseCode);
        Assert.IsType<ParseError>(violation.Reason);
    }
}

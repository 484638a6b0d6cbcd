using System.IO.Compression;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Compressed messages (RFC 7692), as a peer reads them.</summary>
public sealed partial class FrameWriterTests
{
    private const int Compressed = 0x40;

    public static TheoryData<Side, bool> SidesAndTakeovers => new MatrixTheoryData<Side, bool>([Side.Server, Side.Client], [true, false]);

    [Theory]
    [MemberData(nameof(SidesAndTakeovers))]
    public void Messages_FromTheThresholdOn_AreCompressed(Side side, bool takesOver)
    {
        const int Threshold = 200;
        using var peer = new PeerDeflate(takesOver);
        var writer = new FrameWriter(_pipe, side, long.MaxValue, Terms(side, takesOver, Threshold));
        foreach (var length in (int[])[0, 1, 199, 200, 201, 1_000, 4_087, 4_088, 4_089, 4_096, 65_535, 65_536, 200_000])
        {
            var payload = Bytes(length);
            writer.TryWriteBinary(payload);
            AssertMessage(Opcode.Binary, side, peer, payload, length >= Threshold, Assert.Single(_pipe.TakeFrames()));
            writer.Write(Opcode.Text, payload);
            AssertMessage(Opcode.Text, side, peer, payload, length >= Threshold, Assert.Single(_pipe.TakeFrames()));
        }

        writer.End();
    }

    [Theory]
    [MemberData(nameof(SidesAndTakeovers))]
    public void Parts_AreCompressedTogether_WhenTheirBatchIsSealed(Side side, bool takesOver)
    {
        using var peer = new PeerDeflate(takesOver);
        var writer = new FrameWriter(_pipe, side, long.MaxValue, Terms(side, takesOver, threshold: 100));
        for (var round = 0; round < 3; round++)
        {
            writer.Cork();
            writer.TryWriteBinary(Bytes(60));
            writer.TryWriteBinary(Bytes(60));
            writer.Write(Opcode.Pong, Bytes(125));
            writer.TryWriteBinary(Bytes(5_000));
            writer.TryWriteBinary(Bytes(20));
            writer.Write(Opcode.Close, [0x03, 0xe8, .. Bytes(100)]);
            writer.Uncork();
            var frames = _pipe.TakeFrames();
            if (round > 0)
            {
                // Nothing follows a close frame.
                Assert.Empty(frames);
                continue;
            }

            AssertMessage(Opcode.Binary, side, peer, [.. Bytes(60), .. Bytes(60)], isCompressed: true, frames[0]);
            AssertMessage(Opcode.Pong, side, peer, Bytes(125), isCompressed: false, frames[1]);
            AssertMessage(Opcode.Binary, side, peer, Bytes(5_000), isCompressed: true, frames[2]);
            AssertMessage(Opcode.Binary, side, peer, Bytes(20), isCompressed: false, frames[3]);
            AssertMessage(Opcode.Close, side, peer, [0x03, 0xe8, .. Bytes(100)], isCompressed: false, frames[4]);
        }

        writer.End();
    }

    [Theory]
    [MemberData(nameof(SidesAndTakeovers))]
    public void Message_SentAgain_IsShorterWithContextTakeoverOnly(Side side, bool takesOver)
    {
        // Terms of the other direction do not count.
        var writer = new FrameWriter(_pipe, side, long.MaxValue, Terms(side, takesOver, threshold: 0));
        var message = new byte[2_000];
        new Random(2).NextBytes(message);
        writer.Write(Opcode.Binary, message);
        var first = Assert.Single(_pipe.TakeFrames()).Payload.Length;
        writer.Write(Opcode.Binary, message);
        var second = Assert.Single(_pipe.TakeFrames()).Payload.Length;
        Assert.True(takesOver ? second < first / 10 : second == first, $"{first} and {second} bytes");
        writer.End();
    }

    /// <summary>What cannot be compressed grows, and must be sent so: the next message may refer to it.</summary>
    [Theory]
    [MemberData(nameof(SidesAndTakeovers))]
    public void Messages_ThatCannotBeCompressed_ComeOutWhole(Side side, bool takesOver)
    {
        var random = new Random(3);
        using var peer = new PeerDeflate(takesOver);
        var writer = new FrameWriter(_pipe, side, long.MaxValue, Terms(side, takesOver, threshold: 0));
        for (var round = 0; round < 40; round++)
        {
            var message = new byte[random.Next(1, round % 2 == 0 ? 4_088 : 40_000)];
            random.NextBytes(message);
            Assert.True(writer.TryWriteBinary(message));
            AssertMessage(Opcode.Binary, side, peer, message, isCompressed: true, Assert.Single(_pipe.TakeFrames()));
        }

        writer.End();
    }

    private static DeflateTerms Terms(Side side, bool takesOver, long threshold) =>
        new(side is Side.Server == takesOver, side is Side.Client == takesOver, threshold, CompressionLevel.Fastest);

    private static void AssertMessage(Opcode opcode, Side side, PeerDeflate peer, byte[] message, bool isCompressed, Frames.Frame frame)
    {
        Assert.Equal((opcode, true, isCompressed ? Compressed : 0, side is Side.Client), (frame.Opcode, frame.IsFinal, frame.Reserved, frame.IsMasked));
        Assert.Equal(message, isCompressed ? peer.Inflate(frame.Payload) : frame.Payload);
    }
}

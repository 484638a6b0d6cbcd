using System.Buffers;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed class CloseFrameScannerTests
{
    public static TheoryData<int, bool> Lengths => new MatrixTheoryData<int, bool>([0, 125, 126, 65_535, 65_536], [true, false]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void CloseFrame_BehindOthers_IsFoundWhereverTheyAreCut(int length, bool isMasked)
    {
        byte[] before = [.. Frames.Build(Opcode.Binary, new byte[length], isMasked), .. Frames.Build(Opcode.Ping, "p"u8, isMasked)];
        byte[] bytes = [.. before, .. Frames.Build(Opcode.Close, [0x03, 0xe8], isMasked)];
        for (var cut = 0; cut <= bytes.Length; cut += cut is > 20 and < 65_500 && length > 1_000 ? 5_003 : 1)
        {
            var scanner = default(CloseFrameScanner);
            var buffer = new ReadOnlySequence<byte>(bytes, 0, cut);
            // Two bytes of the close frame tell what it is.
            var isFound = scanner.Scan(ref buffer);
            Assert.Equal(cut >= before.Length + 2, isFound);
            if (!isFound)
            {
                var unread = (int)buffer.Length;
                buffer = new ReadOnlySequence<byte>(bytes, cut - unread, bytes.Length - cut + unread);
                Assert.True(scanner.Scan(ref buffer));
            }
        }
    }

    /// <summary>It looks where this end has refused something, so nothing that it sees may stop it.</summary>
    [Fact]
    public void AnyBytes_AreSteppedOver()
    {
        const int Seed = 8;
        var random = new Random(Seed);
        var bytes = new byte[64];
        for (var round = 0; round < 50_000; round++)
        {
            random.NextBytes(bytes);
            var scanner = default(CloseFrameScanner);
            var buffer = new ReadOnlySequence<byte>(bytes);
            if (!scanner.Scan(ref buffer))
            {
                Assert.True(buffer.Length < FrameHeader.MaxSize);
            }
        }
    }
}

using System.IO.Compression;
using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>RFC 7692: compressed messages, with and without context takeover.</summary>
internal static class DeflateCases
{
    private const int Compressed = 0x40;
    private const int SmallLimit = 300;

    private static readonly int[] s_lengths = [1, 125, 126, 127, 300, 65_535, 65_536, 65_537];

    public static IEnumerable<FramingCase> Of(Side side) =>
        from takesOver in (bool[])[true, false]
        from framing in (IEnumerable<FramingCase>)[.. Messages(side, takesOver), .. Fragments(side, takesOver), .. Misuse(side), .. Data(side), .. Limits(side, takesOver)]
        select framing with
        {
            Name = $"{framing.Name}, {(takesOver ? "with" : "without")} context takeover",
            // What the reader's own direction may do must not count.
            Deflate = new DeflateTerms(side is Side.Client == takesOver, side is Side.Server == takesOver, ThresholdBytes: 0, CompressionLevel.Fastest),
        };

    private static IEnumerable<FramingCase> Messages(Side side, bool takesOver)
    {
        using var peer = new PeerDeflate(takesOver);
        foreach (var length in s_lengths)
        {
            // Alike enough to refer to each other, and different enough not to be one run.
            byte[] message = [.. Enumerable.Range(0, length).Select(index => (byte)('a' + (index * index % 23)))];
            using var own = new PeerDeflate(takesOver);
            var (first, second) = (own.Compress(message), own.Compress(message));
            yield return Wire(side)
                .Frame(Opcode.Binary, first, reserved: Compressed).Expect(FramingCase.Binary(message))
                .Frame(Opcode.Binary, message).Expect(FramingCase.Binary(message))
                .Frame(Opcode.Ping, "plain").Expect("ping plain")
                .Frame(Opcode.Text, second, reserved: Compressed).Expect(FramingCase.Text(Encoding.UTF8.GetString(message)))
                .Case($"compressed messages of {length} bytes, and one that is not compressed between");
        }

        yield return Wire(side)
            .Frame(Opcode.Text, [0x00], reserved: Compressed).Expect("text ").Frame(Opcode.Binary, [0x00], reserved: Compressed).Expect("binary ").Frame(Opcode.Text, []).Expect("text ")
            .Case("empty messages");
        yield return Wire(side)
            .Frame(Opcode.Text, Convert.FromHexString("f348cdc9c9070000"), reserved: Compressed).Expect("text Hello")
            .Frame(Opcode.Text, Convert.FromHexString("f248cdc9c90700"), reserved: Compressed).Expect("text Hello")
            .Case("a message of a block that calls itself the last (RFC 7692 §7.2.3.4)");
    }

    private static IEnumerable<FramingCase> Fragments(Side side, bool takesOver)
    {
        using var peer = new PeerDeflate(takesOver);
        var wire = Wire(side);
        for (var round = 0; round < 4; round++)
        {
            var text = $"größer als € {round}: {new string('z', 40 * round)}";
            var payload = peer.Compress(Encoding.UTF8.GetBytes(text));
            var (one, two) = (payload.Length / 3, payload.Length * 2 / 3);
            wire.Frame(Opcode.Text, payload.AsSpan(0, one), isFinal: false, Compressed)
                .Frame(Opcode.Continuation, payload.AsSpan(one, two - one), isFinal: false)
                .Frame(Opcode.Ping, "p").Expect("ping p")
                .Frame(Opcode.Continuation, [], isFinal: false)
                .Frame(Opcode.Continuation, payload.AsSpan(two)).Expect(FramingCase.Text(text))
                .Frame(Opcode.Text, "plain ", isFinal: false).Frame(Opcode.Continuation, "fragments").Expect("text plain fragments");
        }

        yield return wire.Case("compressed messages in fragments, with a ping between, and such that are not compressed");
        var bytewise = Wire(side).Frame(Opcode.Text, [], isFinal: false, Compressed);
        foreach (var octet in Convert.FromHexString("f248cdc9c907"))
        {
            bytewise.Frame(Opcode.Continuation, [octet], isFinal: false);
        }

        yield return bytewise.Frame(Opcode.Continuation, [0x00]).Expect("text Hello").Case("a compressed message in fragments of a byte");
    }

    private static IEnumerable<FramingCase> Misuse(Side side)
    {
        foreach (var opcode in (Opcode[])[Opcode.Close, Opcode.Ping, Opcode.Pong])
        {
            yield return Wire(side).Frame(opcode, [], reserved: Compressed).Refused($"a {opcode} frame with the bit of a compressed message");
        }

        yield return Wire(side).Frame(Opcode.Text, [0xf2], isFinal: false, Compressed).Frame(Opcode.Continuation, [0x00], reserved: Compressed).Refused("the bit on a second fragment");
        yield return Wire(side).Frame(Opcode.Text, "a", isFinal: false).Frame(Opcode.Continuation, [0x00], reserved: Compressed).Refused("the bit on the second fragment only");
        yield return Wire(side).Frame(Opcode.Continuation, [], reserved: Compressed).Refused("the bit on a continuation of nothing");
        foreach (var reserved in (int[])[0x10, 0x20, 0x30, 0x50, 0x60, 0x70])
        {
            yield return Wire(side).Frame(Opcode.Text, [0x00], reserved: reserved).Refused($"the reserved bits 0x{reserved:x}");
        }
    }

    private static IEnumerable<FramingCase> Data(Side side)
    {
        foreach (var hex in (string[])["07", "f248cdc9", "0005", "000500ffff48656c6c6f00", "0200110000", "ffffffff"])
        {
            yield return Wire(side).Frame(Opcode.Binary, Convert.FromHexString(hex), reserved: Compressed).Refused($"the compressed data {hex}, which is none", CloseCode.InvalidPayload);
        }

        using var peer = new PeerDeflate(takesOver: false);
        foreach (var hex in (string[])["ff", "eda080", "e282"])
        {
            var payload = peer.Compress(Convert.FromHexString(hex));
            yield return Wire(side).Frame(Opcode.Text, payload, reserved: Compressed).Refused($"compressed text that is {hex}, which is not UTF-8", CloseCode.InvalidPayload);
        }

        // The payload itself is no UTF-8; only what it inflates to must be.
        yield return Wire(side).Frame(Opcode.Text, Convert.FromHexString("f248cdc9c90700"), reserved: Compressed).Expect("text Hello").Case("text whose compressed form is not UTF-8");
    }

    private static IEnumerable<FramingCase> Limits(Side side, bool takesOver)
    {
        foreach (var isRandom in (bool[])[true, false])
        {
            var message = new byte[SmallLimit + 1];
            if (isRandom)
            {
                new Random(1).NextBytes(message);
            }

            var kind = isRandom ? "that cannot be compressed" : "of zeros";
            using var peer = new PeerDeflate(takesOver);
            var just = peer.Compress(message.AsSpan(0, SmallLimit));
            var more = peer.Compress(message);
            yield return Wire(side)
                .Frame(Opcode.Binary, just, reserved: Compressed).Expect(FramingCase.Binary(message.AsSpan(0, SmallLimit)))
                .Frame(Opcode.Binary, more, reserved: Compressed)
                .Refused($"messages {kind} of just the limit and of one byte more", CloseCode.MessageTooBig).Within(SmallLimit);
            yield return Wire(side)
                .Frame(Opcode.Binary, just.AsSpan(0, 3), isFinal: false, Compressed).Frame(Opcode.Continuation, just.AsSpan(3)).Expect(FramingCase.Binary(message.AsSpan(0, SmallLimit)))
                .Case($"fragments of a message {kind} of just the limit").Within(SmallLimit);
        }

        using var hello = new PeerDeflate(takesOver: false);
        var fragments = hello.Compress("Hello"u8);
        yield return Wire(side)
            .Frame(Opcode.Text, fragments.AsSpan(0, 2), isFinal: false, Compressed).Frame(Opcode.Continuation, fragments.AsSpan(2)).Expect("text Hello")
            .Frame(Opcode.Binary, new byte[SmallLimit + 1])
            .Refused("a plain message of one byte more than the limit, behind compressed fragments", CloseCode.MessageTooBig).Within(SmallLimit);
        using var bomber = new PeerDeflate(takesOver);
        yield return Wire(side).Frame(Opcode.Binary, bomber.Compress(new byte[300_000]), reserved: Compressed).Refused("a bomb", CloseCode.MessageTooBig).Within(3 * SmallLimit);
        // An empty block, over and over: it inflates to nothing, and must not be held for ever.
        var nothing = Wire(side).Frame(Opcode.Binary, [], isFinal: false, Compressed);
        for (var fragment = 0; fragment < 81; fragment++)
        {
            nothing.Frame(Opcode.Continuation, [0x00, 0x00, 0x00, 0xff, 0xff], isFinal: false);
        }

        yield return nothing.Refused("fragments that inflate to nothing, more than any message of the limit needs", CloseCode.MessageTooBig).Within(SmallLimit);
        yield return Wire(side).Frame(Opcode.Binary, new byte[402], reserved: Compressed).Refused("more compressed data than any message of the limit needs", CloseCode.MessageTooBig).Within(SmallLimit);
    }

    private static FramingCase.Builder Wire(Side side) => new(side);
}

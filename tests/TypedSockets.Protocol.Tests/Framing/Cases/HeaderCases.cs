using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>RFC 6455 §5.2: payload lengths, masks, reserved bits and opcodes.</summary>
internal static class HeaderCases
{
    private static readonly int[] s_lengths = [0, 1, 7, 125, 126, 127, 128, 65_535, 65_536, 65_537];

    public static IEnumerable<FramingCase> Of(Side side) => [.. Lengths(side), .. Encodings(side), .. Masks(side), .. ReservedBits(side), .. Opcodes(side)];

    private static IEnumerable<FramingCase> Lengths(Side side)
    {
        foreach (var length in s_lengths)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(index => (byte)(index * 7))];
            var text = new string('x', length);
            yield return Wire(side)
                .Frame(Opcode.Binary, message).Expect(FramingCase.Binary(message))
                .Frame(Opcode.Text, text).Expect(FramingCase.Text(text))
                .Case($"messages of {length} bytes");
        }
    }

    private static IEnumerable<FramingCase> Encodings(Side side)
    {
        (string Hex, int Payload)[] longer = [("7e0000", 0), ("7e0001", 1), ("7e007d", 125), ("7f0000000000000000", 0), ("7f000000000000007d", 125), ("7f000000000000007e", 126), ("7f000000000000ffff", 65_535)];
        foreach (var (hex, payload) in longer)
        {
            yield return Wire(side).Raw(0x82, hex, new byte[payload]).Refused($"the length {payload} written as {hex}");
        }

        yield return Wire(side).Raw(0x82, "7f8000000000000000").Refused("a 64-bit length with its highest bit");
        yield return Wire(side).Raw(0x82, "7fffffffffffffffff").Refused("a 64-bit length of all bits");
        yield return Wire(side).Raw(0x82, "7f7fffffffffffffff").Refused("the largest length", CloseCode.MessageTooBig);
    }

    private static IEnumerable<FramingCase> Masks(Side side)
    {
        foreach (var opcode in Enum.GetValues<Opcode>())
        {
            var wrong = Frames.Build(opcode, [], isMasked: side is Side.Client);
            yield return Wire(side).Frame(Opcode.Binary, [1]).Expect(FramingCase.Binary([1])).Bytes(wrong).Refused($"a {opcode} frame that is {(side is Side.Client ? "" : "not ")}masked (§5.1)");
        }

        // A mask of zeros is a mask.
        byte[] zeros = side is Side.Server ? [0x82, 0x81, 0, 0, 0, 0, 7] : [0x82, 0x01, 7];
        yield return Wire(side).Bytes(zeros).Expect(FramingCase.Binary([7])).Case("a frame with the mask 0");
    }

    private static IEnumerable<FramingCase> ReservedBits(Side side)
    {
        for (var reserved = 0x10; reserved <= 0x70; reserved += 0x10)
        {
            foreach (var opcode in Enum.GetValues<Opcode>())
            {
                var wire = opcode is Opcode.Continuation ? Wire(side).Frame(Opcode.Text, "a", isFinal: false) : Wire(side);
                yield return wire.Frame(opcode, [], reserved: reserved).Refused($"a {opcode} frame with the reserved bits 0x{reserved:x}");
            }
        }
    }

    private static IEnumerable<FramingCase> Opcodes(Side side)
    {
        foreach (var opcode in (byte[])[0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf])
        {
            yield return Wire(side).Raw((byte)(0x80 | opcode), "00").Refused($"the reserved opcode 0x{opcode:x}");
            yield return Wire(side).Frame(Opcode.Text, "a", isFinal: false).Raw((byte)(0x80 | opcode), "01", 7).Refused($"the reserved opcode 0x{opcode:x} between fragments");
        }
    }

    private static FramingCase.Builder Wire(Side side) => new(side);
}

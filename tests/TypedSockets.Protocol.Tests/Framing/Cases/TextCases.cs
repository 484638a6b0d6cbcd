using System.Text;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>RFC 6455 §8.1 and RFC 3629: text is UTF-8, whole and cut into fragments anywhere.</summary>
internal static class TextCases
{
    private static readonly string[] s_valid =
    [
        "00", "7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbd", "efbfbf", "f0908080", "f48fbfbf", "efb790", "f09fbfbe", "efbbbf41",
        "cebae1bdb9cf83cebcceb5", "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a1",
    ];

    // Continuations alone, starts alone, overlong forms, surrogates, beyond U+10FFFF, bytes that never occur, cut-off ends.
    private static readonly string[] s_invalid =
    [
        "80", "bf", "8080", "c3", "c328", "e28261", "e282", "f09080", "f09f9861", "c080", "c1bf", "e08080", "e09fbf", "f0808080", "f08fbfbf", "eda080", "edafbf", "edb080", "edbfbf",
        "eda080edb080", "f4908080", "f5808080", "f8888080", "fc8480808080", "fe", "ff", "feff", "cebae1bdb9cf83cebcceb5eda080656469746564", "41ff",
    ];

    public static IEnumerable<FramingCase> Of(Side side)
    {
        foreach (var hex in s_valid)
        {
            var bytes = Convert.FromHexString(hex);
            var line = FramingCase.Text(Encoding.UTF8.GetString(bytes));
            yield return Wire(side).Frame(Opcode.Text, bytes).Expect(line).Case($"the valid text {hex}");
            var pieces = Wire(side);
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                pieces.Frame(Opcode.Text, bytes.AsSpan(0, cut), isFinal: false).Frame(Opcode.Continuation, bytes.AsSpan(cut)).Expect(line);
            }

            yield return pieces.Case($"the valid text {hex} in two fragments, cut anywhere");
            yield return Bytewise(Wire(side), bytes).Expect(line).Case($"the valid text {hex} in fragments of a byte");
        }

        foreach (var hex in s_invalid)
        {
            var bytes = Convert.FromHexString(hex);
            yield return Wire(side).Frame(Opcode.Text, bytes).Refused($"the invalid text {hex}", CloseCode.InvalidPayload);
            yield return Bytewise(Wire(side), bytes).Refused($"the invalid text {hex} in fragments of a byte", CloseCode.InvalidPayload);
            yield return Wire(side).Frame(Opcode.Binary, bytes).Expect(FramingCase.Binary(bytes)).Case($"the bytes {hex}, which are no text");
        }
    }

    private static FramingCase.Builder Bytewise(FramingCase.Builder wire, byte[] bytes)
    {
        wire.Frame(Opcode.Text, [], isFinal: false);
        for (var index = 0; index < bytes.Length; index++)
        {
            wire.Frame(Opcode.Continuation, [bytes[index]], isFinal: index == bytes.Length - 1);
        }

        return wire;
    }

    private static FramingCase.Builder Wire(Side side) => new(side);
}

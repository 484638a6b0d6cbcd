using System.Globalization;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>RFC 6455 §5.5 and §7.4: pings, pongs and close frames.</summary>
internal static class ControlCases
{
    private const int MaxPayload = 125;

    private static readonly int[] s_validCodes = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
    private static readonly int[] s_invalidCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

    public static IEnumerable<FramingCase> Of(Side side) => [.. PingsAndPongs(side), .. Refused(side), .. CloseCodes(side), .. ClosePayloads(side)];

    private static IEnumerable<FramingCase> PingsAndPongs(Side side)
    {
        var pings = Wire(side);
        for (var length = 0; length <= MaxPayload; length++)
        {
            var payload = new string((char)('a' + (length % 26)), length);
            pings.Frame(Opcode.Ping, payload).Expect($"ping {payload}").Frame(Opcode.Pong, payload);
        }

        yield return pings.Frame(Opcode.Text, "after").Expect("text after").Case("pings and pongs of 0 to 125 bytes");
    }

    private static IEnumerable<FramingCase> Refused(Side side)
    {
        foreach (var opcode in (Opcode[])[Opcode.Close, Opcode.Ping, Opcode.Pong])
        {
            yield return Wire(side).Frame(opcode, new byte[MaxPayload + 1]).Refused($"a {opcode} frame of 126 bytes");
            yield return Wire(side).Raw((byte)(0x80 | (byte)opcode), "7f0000000000010000").Refused($"a {opcode} frame that claims 65,536 bytes");
            yield return Wire(side).Frame(opcode, [], isFinal: false).Refused($"a {opcode} frame that is a fragment");
            yield return Wire(side).Frame(opcode, "a", isFinal: false).Frame(Opcode.Continuation, "b").Refused($"a {opcode} frame in two fragments");
        }
    }

    private static IEnumerable<FramingCase> CloseCodes(Side side)
    {
        foreach (var code in s_validCodes)
        {
            yield return Wire(side).Close(code).Expect(string.Create(CultureInfo.InvariantCulture, $"close {code} ")).Frame(Opcode.Text, "behind").Case($"the close code {code}");
        }

        foreach (var code in s_invalidCodes)
        {
            yield return Wire(side).Close(code).Refused($"the close code {code}");
        }
    }

    private static IEnumerable<FramingCase> ClosePayloads(Side side)
    {
        yield return Wire(side).Frame(Opcode.Close, []).Expect("close  ").Frame(Opcode.Close, [0]).Case("a close frame without a payload");
        yield return Wire(side).Frame(Opcode.Close, [0x03]).Refused("a close frame of one byte");
        yield return Wire(side).Close(1001, "größer €"u8).Expect("close 1001 größer €").Case("a close frame with a reason");
        var longest = new string('r', MaxPayload - 2);
        yield return Wire(side).Close(4000, System.Text.Encoding.UTF8.GetBytes(longest)).Expect($"close 4000 {longest}").Case("a reason of 123 bytes");
        yield return Wire(side).Close(1000, [0xff]).Refused("a reason that is not UTF-8", CloseCode.InvalidPayload);
        yield return Wire(side).Close(1000, [.. "x"u8, 0xe2, 0x82]).Refused("a reason that ends within a character", CloseCode.InvalidPayload);
        yield return Wire(side)
            .Frame(Opcode.Text, "before").Expect("text before").Close(1000).Expect("close 1000 ").Frame(Opcode.Ping, "p").Close(1001).Bytes([0xff, 0xff])
            .Case("frames behind a close frame, which are let be");
    }

    private static FramingCase.Builder Wire(Side side) => new(side);
}

using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>RFC 6455 §5.4: messages in fragments, control frames between them, and the limit over all of them.</summary>
internal static class FragmentCases
{
    private const int SmallLimit = 300;

    public static IEnumerable<FramingCase> Of(Side side) => [.. Fragments(side), .. Disorder(side), .. Limits(side)];

    private static IEnumerable<FramingCase> Fragments(Side side)
    {
        yield return Wire(side)
            .Frame(Opcode.Text, "one ", isFinal: false).Frame(Opcode.Continuation, "two").Expect("text one two")
            .Frame(Opcode.Binary, [1], isFinal: false).Frame(Opcode.Continuation, [2], isFinal: false).Frame(Opcode.Continuation, [3]).Expect("binary 010203")
            .Case("messages in two and three fragments");
        yield return Wire(side)
            .Frame(Opcode.Text, [], isFinal: false).Frame(Opcode.Continuation, []).Expect("text ")
            .Frame(Opcode.Binary, [], isFinal: false).Frame(Opcode.Continuation, [], isFinal: false).Frame(Opcode.Continuation, []).Expect("binary ")
            .Case("messages of empty fragments");
        yield return Wire(side)
            .Frame(Opcode.Text, [], isFinal: false).Frame(Opcode.Continuation, "middle", isFinal: false).Frame(Opcode.Continuation, []).Expect("text middle")
            .Frame(Opcode.Binary, [1], isFinal: false).Frame(Opcode.Continuation, [], isFinal: false).Frame(Opcode.Continuation, [2]).Expect("binary 0102")
            .Case("empty fragments around and between others");
        yield return Wire(side)
            .Frame(Opcode.Text, "a", isFinal: false)
            .Frame(Opcode.Ping, "1").Expect("ping 1")
            .Frame(Opcode.Pong, "unsolicited")
            .Frame(Opcode.Continuation, "b", isFinal: false)
            .Frame(Opcode.Ping, []).Expect("ping ")
            .Frame(Opcode.Continuation, "c").Expect("text abc")
            .Case("control frames between fragments");
        yield return Wire(side)
            .Frame(Opcode.Text, "lost", isFinal: false)
            .Close(1000).Expect("close 1000 ")
            .Frame(Opcode.Continuation, "late")
            .Case("a close frame between fragments");
        var many = Wire(side).Frame(Opcode.Binary, [0], isFinal: false);
        for (var fragment = 1; fragment < 100; fragment++)
        {
            many.Frame(Opcode.Continuation, [(byte)fragment], fragment == 99);
        }

        yield return many.Expect(FramingCase.Binary([.. Enumerable.Range(0, 100).Select(fragment => (byte)fragment)])).Case("a message in a hundred fragments");
    }

    private static IEnumerable<FramingCase> Disorder(Side side)
    {
        foreach (var isFinal in (bool[])[true, false])
        {
            yield return Wire(side).Frame(Opcode.Continuation, "x", isFinal).Refused($"a continuation of nothing, final: {isFinal}");
            yield return Wire(side).Frame(Opcode.Text, "a").Expect("text a").Frame(Opcode.Continuation, "x", isFinal).Refused($"a continuation of a finished message, final: {isFinal}");
            foreach (var opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
            {
                yield return Wire(side).Frame(Opcode.Text, "a", isFinal: false).Frame(opcode, "x", isFinal).Refused($"a {opcode} message within another, final: {isFinal}");
                yield return Wire(side).Frame(Opcode.Binary, [], isFinal: false).Frame(opcode, "x", isFinal).Refused($"a {opcode} message within an empty fragment's, final: {isFinal}");
            }
        }

        yield return Wire(side)
            .Frame(Opcode.Text, "a", isFinal: false).Frame(Opcode.Continuation, "b").Expect("text ab").Frame(Opcode.Continuation, "c")
            .Refused("a continuation after the last fragment");
    }

    private static IEnumerable<FramingCase> Limits(Side side)
    {
        var just = new byte[SmallLimit];
        foreach (var opcode in (Opcode[])[Opcode.Text, Opcode.Binary])
        {
            var line = opcode is Opcode.Text ? FramingCase.Text(new string('\0', SmallLimit)) : FramingCase.Binary(just);
            yield return Wire(side).Frame(opcode, just).Expect(line).Frame(opcode, just).Expect(line).Case($"{opcode} messages of just the limit").Within(SmallLimit);
            yield return Wire(side).Frame(opcode, new byte[SmallLimit + 1]).Refused($"a {opcode} message of one byte more than the limit", CloseCode.MessageTooBig).Within(SmallLimit);
            yield return Wire(side)
                .Frame(opcode, new byte[SmallLimit - 1], isFinal: false).Frame(Opcode.Continuation, [0], isFinal: false).Frame(Opcode.Continuation, []).Expect(line)
                .Case($"fragments of a {opcode} message of just the limit").Within(SmallLimit);
            yield return Wire(side)
                .Frame(opcode, new byte[SmallLimit - 1], isFinal: false).Frame(Opcode.Continuation, [0], isFinal: false).Frame(Opcode.Continuation, [0])
                .Refused($"fragments of a {opcode} message of one byte more than the limit", CloseCode.MessageTooBig).Within(SmallLimit);
        }

        yield return Wire(side)
            .Frame(Opcode.Binary, just, isFinal: false).Frame(Opcode.Ping, new byte[125]).Expect($"ping {new string('\0', 125)}").Frame(Opcode.Continuation, []).Expect(FramingCase.Binary(just))
            .Case("a ping within a message of just the limit, which does not count").Within(SmallLimit);
        // The sum of a fragment's claimed length and what was there before used to turn negative.
        yield return Wire(side).Frame(Opcode.Binary, [1], isFinal: false).Raw(0x80, "7f7fffffffffffffff").Refused("a fragment that claims the largest length", CloseCode.MessageTooBig).Within(SmallLimit);
    }

    private static FramingCase.Builder Wire(Side side) => new(side);
}

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>Packets of Socket.IO's default parser: every form there is, and every way to get one wrong that we know of.</summary>
internal static partial class TextPacketCases
{
    private const string First = """{"_placeholder":true,"num":0}""";
    private const string Second = """{"_placeholder":true,"num":1}""";
    private const string FirstBytes = """{"$bytes":"0102"}""";
    private const string SecondBytes = """{"$bytes":"03"}""";

    private static readonly byte[] s_first = [1, 2];
    private static readonly byte[] s_second = [3];

    public static IReadOnlyDictionary<string, PacketCase> All { get; } =
        ((PacketCase[])[.. Connects, .. Events, .. Names, .. Acknowledgements, .. Binary, .. Attachments, .. NoPackets, .. NoJson]).ToDictionary(packet => packet.Id);

    private static PacketCase[] Connects =>
    [
        new("connect", "Connect /", "0"),
        new("connect-auth", """Connect / {"token":"a"}""", """0{"token":"a"}"""),
        new("connect-empty-auth", "Connect / {}", "0{}"),
        new("connect-main-by-name", """Connect / {"a":1}""", """0/,{"a":1}"""),
        new("connect-namespace", "Connect /chat", "0/chat,"),
        new("connect-namespace-without-comma", "Connect /chat", "0/chat"),
        new("connect-namespace-auth", """Connect /chat {"token":"a"}""", """0/chat,{"token":"a"}"""),
        new("connect-namespace-of-letters-beyond-ascii", "Connect /é😀", "0/é😀,"),
        new("connect-namespace-proto", "Connect /__proto__", "0/__proto__,"),
        new("connect-namespace-query", "Connect /chat", "0/chat?token=a,"),
        new("connect-id", """Connect / #7 {"a":1}""", """07{"a":1}"""),
        new("connect-proto-key", """Connect / {"__proto__":{"isAdmin":true}}""", """0{"__proto__":{"isAdmin":true}}"""),
        new("connect-array", PacketVerdict.Refused, "0[]"),
        new("connect-string", PacketVerdict.Refused, "0\"a\""),
        new("connect-null", PacketVerdict.Refused, "0null"),
        new("connect-true", PacketVerdict.Refused, "0true"),
        new("connect-cut-short", PacketVerdict.Refused, """0{"a":"""),
        new("connect-and-more", PacketVerdict.Refused, """0{"a":1}x"""),
        new("connect-error", """ConnectError / {"message":"m","data":{"a":1}}""", """4{"message":"m","data":{"a":1}}"""),
        new("connect-error-text", "ConnectError /chat \"no\"", "4/chat,\"no\""),
        new("connect-error-without-payload", "ConnectError /", "4"),
        new("connect-error-id", "ConnectError / #1", "41"),
        new("connect-error-array", PacketVerdict.Refused, "4[]"),
        new("connect-error-null", PacketVerdict.Refused, "4null"),
        new("connect-error-true", PacketVerdict.Refused, "4true"),
        new("disconnect", "Disconnect /", "1"),
        new("disconnect-namespace", "Disconnect /chat", "1/chat,"),
        new("disconnect-namespace-without-comma", "Disconnect /chat", "1/chat"),
        new("disconnect-id", "Disconnect / #5", "15"),
        new("disconnect-object", PacketVerdict.Refused, "1{}"),
        new("disconnect-array", PacketVerdict.Refused, "1[]"),
        new("disconnect-string", PacketVerdict.Refused, "1\"a\""),
        new("disconnect-null", PacketVerdict.Refused, "1null"),
    ];

    private static PacketCase[] Events =>
    [
        new("event", "Event / a []", """2["a"]"""),
        new("event-arguments", """Event / a [1,"b",{"c":[true,null,-0.5]}]""", """2["a",1,"b",{"c":[true,null,-0.5]}]"""),
        new("event-namespace", "Event /chat a [1]", """2/chat,["a",1]"""),
        new("event-main-by-name", "Event / a []", """2/,["a"]"""),
        new("event-ack", "Event / #12 a []", """212["a"]"""),
        new("event-namespace-ack", "Event /chat #12 a [1]", """2/chat,12["a",1]"""),
        new("event-ack-zero", "Event / #0 a []", """20["a"]"""),
        new("event-ack-leading-zeros", "Event / #7 a []", """2007["a"]"""),
        new("event-ack-largest", "Event / #4294967295 a []", """24294967295["a"]"""),
        new("event-ack-beyond-32-bits", PacketVerdict.Refused, """24294967296["a"]"""),
        new("event-ack-beyond-64-bits", PacketVerdict.Refused, """299999999999999999999["a"]"""),
        new("event-ack-negative", PacketVerdict.Refused, """2-1["a"]"""),
        new("event-ack-fraction", PacketVerdict.Refused, """21.5["a"]"""),
        new("event-ack-letters", PacketVerdict.Refused, """2abc["a"]"""),
        new("event-ack-space-before", PacketVerdict.Refused, """2 1["a"]"""),
        new("event-ack-space-behind", PacketVerdict.Refused, """21 ["a"]"""),
        new("event-space-before-payload", PacketVerdict.Refused, """2 ["a"]"""),
        new("event-white-space-inside", "Event / a [1,\" \"]", "2[ \"a\"\t,\n1 , \" \" ]"),
        new("event-white-space-without-arguments", "Event / a []", "2[\r\n\"a\" ]"),
        new("event-white-space-behind", "Event / a []", "2[\"a\"] \n"),
        new("event-proto-key", """Event / a [{"__proto__":{"isAdmin":true}}]""", """2["a",{"__proto__":{"isAdmin":true}}]"""),
        new("event-placeholder-without-attachments", $"Event / a [{First}]", $"""2["a",{First}]"""),
        new("event-half-a-surrogate-pair", """Event / a ["\ud800"]""", """2["a","\ud800"]"""),
        new("event-deep", $"Event / a {new string('[', 70)}… 1010 characters", $"""2["a",{new string('[', 499)}{new string(']', 499)}]"""),
        new("event-without-payload", PacketVerdict.Refused, "2"),
        new("event-ack-without-payload", PacketVerdict.Refused, "212"),
        new("event-namespace-without-comma", PacketVerdict.Refused, """2/chat["a"]"""),
        new("event-namespace-two-commas", PacketVerdict.Refused, """2/a,b,["a"]"""),
        new("event-namespace-without-slash", PacketVerdict.Refused, """2chat,["a"]"""),
        new("event-object", PacketVerdict.Refused, "2{}"),
        new("event-string", PacketVerdict.Refused, "2\"a\""),
        new("event-null", PacketVerdict.Refused, "2null"),
    ];

    private static PacketCase[] Names =>
    [
        new("name-empty", "Event / []", """2[""]"""),
        new("name-beyond-ascii", "Event / é😀 [1]", """2["é😀",1]"""),
        new("name-escaped", "Event / a\"b\\c/é😀 [1]", """2["a\"b\\c\/\u00e9\ud83d\ude00",1]"""),
        new("name-escaped-without-arguments", "Event / ab []", """2["\u0061b"]"""),
        new("name-with-escaped-control", "Event / a\nb [1]", """2["a\nb",1]"""),
        new("name-number", "Event / 1 [\"a\"]", """2[1,"a"]"""),
        new("name-number-negative", "Event / -5 []", "2[-5]"),
        new("name-number-fraction", "Event / 1.5 []", "2[1.5]"),
        new("name-number-of-another-form", "Event / 1.0 []", "2[1.0]"),
        new("name-number-with-exponent", "Event / 1e2 []", "2[1e2]"),
        new("name-proto", "Event / __proto__ [1]", """2["__proto__",1]"""),
        new("name-constructor", "Event / constructor []", """2["constructor"]"""),
        new("name-almost-reserved", "Event / connected []", """2["connected"]"""),
        new("name-reserved-in-capitals", "Event / Connect []", """2["Connect"]"""),
        new("name-connect", PacketVerdict.Refused, """2["connect"]"""),
        new("name-connect-error", PacketVerdict.Refused, """2["connect_error"]"""),
        new("name-disconnect", PacketVerdict.Refused, """2["disconnect"]"""),
        new("name-disconnecting", PacketVerdict.Refused, """2["disconnecting"]"""),
        new("name-new-listener", PacketVerdict.Refused, """2["newListener"]"""),
        new("name-remove-listener", PacketVerdict.Refused, """2["removeListener"]"""),
        new("name-reserved-escaped", PacketVerdict.Refused, """2["\u0063onnec\u0074"]"""),
        new("name-half-a-surrogate-pair", PacketVerdict.Refused, """2["\ud800"]"""),
        new("name-none", PacketVerdict.Refused, "2[]"),
        new("name-null", PacketVerdict.Refused, "2[null]"),
        new("name-boolean", PacketVerdict.Refused, "2[true]"),
        new("name-object", PacketVerdict.Refused, """2[{"toString":"a"}]"""),
        new("name-array", PacketVerdict.Refused, """2[["a"]]"""),
    ];

    private static PacketCase[] Acknowledgements =>
    [
        new("ack", "Ack / #1 []", "31[]"),
        new("ack-values", """Ack /chat #12 ["ok",{"a":1}]""", """3/chat,12["ok",{"a":1}]"""),
        new("ack-without-id", """Ack / ["a"]""", """3["a"]"""),
        new("ack-without-payload", "Ack / #1", "31"),
        new("ack-of-reserved-name", """Ack / #1 ["disconnect"]""", """31["disconnect"]"""),
        new("ack-beyond-32-bits", PacketVerdict.Refused, "34294967296[]"),
        new("ack-object", PacketVerdict.Refused, "31{}"),
        new("ack-string", PacketVerdict.Refused, "31\"a\""),
        new("ack-letters", PacketVerdict.Refused, "3abc[]"),
    ];
}

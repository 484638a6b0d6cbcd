using System.Text;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>Packets of socket.io-msgpack-parser: every form there is, and every way to get one wrong that we know of.</summary>
internal static class MessagePackPacketCases
{
    private const string Undefined = "d40000";
    private const string Nil = "c0";
    private const string Event = "02";
    private const string Ack = "03";

    public static IReadOnlyDictionary<string, PacketCase> All { get; } =
        ((PacketCase[])[.. Heads, .. Forms, .. Contents, .. Values, .. NoPackets]).ToDictionary(packet => packet.Id);

    private static PacketCase[] Heads =>
    [
        New("connect", "Connect /", Map(Type("00"), Namespace("/"))),
        New("connect-undefined", "Connect /", Map(Type("00"), Data(Undefined), Namespace("/"))),
        New("connect-auth", """Connect /chat {"token":"a"}""", Map(Type("00"), Data("81" + Text("token") + Text("a")), Namespace("/chat"))),
        New("connect-empty-auth", "Connect / {}", Map(Type("00"), Data("80"), Namespace("/"))),
        New("connect-namespace-query", "Connect /chat", Map(Type("00"), Namespace("/chat?token=a"))),
        New("connect-nil", PacketVerdict.Refused, Map(Type("00"), Data(Nil), Namespace("/"))),
        New("connect-array", PacketVerdict.Refused, Map(Type("00"), Data("90"), Namespace("/"))),
        New("connect-string", PacketVerdict.Refused, Map(Type("00"), Data(Text("a")), Namespace("/"))),
        New("connect-date", PacketVerdict.Refused, Map(Type("00"), Data("d7000000000000000000"), Namespace("/"))),
        New("connect-bytes", PacketVerdict.Refused, Map(Type("00"), Data("c40101"), Namespace("/"))),
        New("disconnect", "Disconnect /chat", Map(Type("01"), Namespace("/chat"))),
        New("disconnect-undefined", "Disconnect /", Map(Type("01"), Namespace("/"), Data(Undefined))),
        New("disconnect-nil", PacketVerdict.Refused, Map(Type("01"), Namespace("/"), Data(Nil))),
        New("disconnect-map", PacketVerdict.Refused, Map(Type("01"), Namespace("/"), Data("80"))),
        New("connect-error", """ConnectError / {"message":"m"}""", Map(Type("04"), Namespace("/"), Data("81" + Text("message") + Text("m")))),
        New("connect-error-text", "ConnectError / \"no\"", Map(Type("04"), Namespace("/"), Data(Text("no")))),
        New("connect-error-without-data", PacketVerdict.Refused, Map(Type("04"), Namespace("/"))),
        New("connect-error-array", PacketVerdict.Refused, Map(Type("04"), Namespace("/"), Data("90"))),
        New("event", "Event / a []", Map(Type(Event), Namespace("/"), Data(Array(Text("a"))))),
        New("event-arguments", """Event /chat a [1,"b",null]""", Map(Type(Event), Namespace("/chat"), Data(Array(Text("a"), "01", Text("b"), Nil)))),
        New("event-ack", "Event / #12 a [1]", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "01")), Id("0c"))),
        New("event-of-the-client", "Event / #0 a [1]", Map(Type(Event), Data(Array(Text("a"), "01")), Key("options") + "81" + Text("compress") + "c3", Id("00"), Namespace("/"))),
        New("event-without-data", PacketVerdict.Refused, Map(Type(Event), Namespace("/"))),
        New("event-map", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data("80"))),
        New("event-string", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Text("a")))),
        New("ack", "Ack / #1 []", Map(Type(Ack), Namespace("/"), Data("90"), Id("01"))),
        New("ack-values", """Ack / #1 ["ok",{"a":1}]""", Map(Type(Ack), Namespace("/"), Data(Array(Text("ok"), "81" + Text("a") + "01")), Id("01"))),
        New("ack-without-id", """Ack / ["a"]""", Map(Type(Ack), Namespace("/"), Data(Array(Text("a"))))),
        New("ack-without-data", PacketVerdict.Refused, Map(Type(Ack), Namespace("/"), Id("01"))),
        New("ack-map", PacketVerdict.Refused, Map(Type(Ack), Namespace("/"), Data("80"), Id("01"))),
    ];

    private static PacketCase[] Forms =>
    [
        New("map-16", "Connect /", "de0002" + Type("00") + Namespace("/")),
        New("map-32", "Connect /", "df00000002" + Type("00") + Namespace("/")),
        New("keys-in-longer-form", "Connect /", "82d904" + Hex("type") + "00da0003" + Hex("nsp") + "db00000001" + Hex("/")),
        New("type-in-longer-form", "Connect /", Map(Type("cc00"), Namespace("/"))),
        New("type-of-64-bits", "Disconnect /", Map(Type("cf0000000000000001"), Namespace("/"))),
        New("type-signed", "Disconnect /", Map(Type("d30000000000000001"), Namespace("/"))),
        New("array-16", "Event / a [1]", Map(Type(Event), Namespace("/"), Data("dc0002" + Text("a") + "01"))),
        New("array-32", "Event / a [1]", Map(Type(Event), Namespace("/"), Data("dd00000002" + Text("a") + "01"))),
        New("sixteen-elements", $"Event / a [{string.Join(",", Enumerable.Repeat(1, 15))}]", Map(Type(Event), Namespace("/"), Data("dc0010" + Text("a") + Repeat("01", 15)))),
        New("seventeen-elements", $"Event / a [{string.Join(",", Enumerable.Repeat(1, 16))}]", Map(Type(Event), Namespace("/"), Data("dc0011" + Text("a") + Repeat("01", 16)))),
        New("id-largest", "Event / #4294967295 a []", Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id("ceffffffff"))),
        New("id-undefined", "Event / a []", Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id(Undefined))),
        New("id-beyond-32-bits", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id("cf0000000100000000"))),
        New("id-negative", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id("ff"))),
        New("id-nil", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id(Nil))),
        New("id-string", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id(Text("1")))),
        New("id-fraction", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id("cb3ff8000000000000"))),
        New("id-float", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("a"))), Id("cb3ff0000000000000"))),
        New("unknown-keys", "Connect /", Map(Key("a") + "93010203", Type("00"), Key("b") + "81" + Text("type") + "02", Namespace("/"), Key("") + Nil)),
        New("key-number", "Connect /", Map("0107", Type("00"), Namespace("/"))),
        New("key-nil", "Connect /", Map(Nil + "07", Type("00"), Namespace("/"))),
        New("key-twice", "Connect /b", Map(Type("02"), Namespace("/a"), Type("00"), Namespace("/b"))),
        New("key-as-bytes", PacketVerdict.Refused, Map("c404" + Hex("type") + "00", Namespace("/"))),
        New("keys-in-prototype", PacketVerdict.Refused, Map(Key("__proto__") + Map(Type("00"), Namespace("/")))),
        New("key-proto-beside", "Connect /", Map(Key("__proto__") + "80", Type("00"), Namespace("/"))),
    ];

    private static PacketCase[] Contents =>
    [
        New("name-empty", "Event / []", Map(Type(Event), Namespace("/"), Data(Array(Text(""))))),
        New("name-beyond-ascii", "Event / é😀 []", Map(Type(Event), Namespace("/"), Data(Array(Text("é😀"))))),
        New("name-number", "Event / 1 [2]", Map(Type(Event), Namespace("/"), Data(Array("01", "02")))),
        New("name-number-negative", "Event / -200 []", Map(Type(Event), Namespace("/"), Data(Array("d1ff38")))),
        New("name-number-of-32-bits", "Event / 4294967295 []", Map(Type(Event), Namespace("/"), Data(Array("ceffffffff")))),
        New("name-number-beyond-53-bits", "Event / 18446744073709551615 []", Map(Type(Event), Namespace("/"), Data(Array("cfffffffffffffffff")))),
        New("name-float", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array("cb3ff8000000000000")))),
        New("name-none", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data("90"))),
        New("name-nil", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Nil)))),
        New("name-map", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array("80")))),
        New("name-bytes", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array("c40161")))),
        New("name-connect", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("connect"))))),
        New("name-disconnecting", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data(Array(Text("disconnecting"))))),
        New("data-nested", $"Event / a {new string('[', 51)}{new string(']', 51)}"[..80] + "… 112 characters", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), Repeat("91", 49) + "90")))),
        New("data-as-extension", PacketVerdict.Refused, Map(Type(Event), Namespace("/"), Data("d4050a"))),
    ];

    private static PacketCase[] Values =>
    [
        New("value-bytes", """Event / a [{"$bytes":"0102"}]""", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "c4020102")))),
        New("value-date", """Event / a [{"$date":1700000000123}]""", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "d7000000018bcfe5687b")))),
        New("value-date-before-1970", """Event / a [{"$date":-1}]""", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "d700ffffffffffffffff")))),
        New("value-undefined", "Event / a [null,1]", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), Undefined, "01")))),
        New("value-float", "Event / a [1.5]", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "cb3ff8000000000000")))),
        New("value-beyond-32-bits", "Event / a [4294967296,-4294967296]", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "cf0000000100000000", "d3ffffffff00000000")))),
        New("value-array-buffer", """Event / a [{"$extension":"c702000102"}]""", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "c702000102")))),
        New("value-timestamp", """Event / a [{"$extension":"d6ff00000001"}]""", Map(Type(Event), Namespace("/"), Data(Array(Text("a"), "d6ff00000001")))),
    ];

    private static PacketCase[] NoPackets =>
    [
        New("nothing", PacketVerdict.Refused, ""),
        New("empty-map", PacketVerdict.Refused, "80"),
        New("array", PacketVerdict.Refused, Array("00", Text("/"))),
        New("nil", PacketVerdict.Refused, Nil),
        New("string", PacketVerdict.Refused, Text("type")),
        New("number", PacketVerdict.Refused, "00"),
        New("never-used", PacketVerdict.Refused, "c1"),
        New("type-missing", PacketVerdict.Refused, Map(Namespace("/"))),
        New("type-5", PacketVerdict.Refused, Map(Type("05"), Namespace("/"), Data(Array(Text("a"))))),
        New("type-6", PacketVerdict.Refused, Map(Type("06"), Namespace("/"), Data(Array(Text("a"))))),
        New("type-256", PacketVerdict.Refused, Map(Type("cd0100"), Namespace("/"))),
        New("type-negative", PacketVerdict.Refused, Map(Type("ff"), Namespace("/"))),
        New("type-nil", PacketVerdict.Refused, Map(Type(Nil), Namespace("/"))),
        New("type-string", PacketVerdict.Refused, Map(Type(Text("0")), Namespace("/"))),
        New("type-fraction", PacketVerdict.Refused, Map(Type("cb3fe0000000000000"), Namespace("/"))),
        New("type-float", PacketVerdict.Refused, Map(Type("cb3ff0000000000000"), Namespace("/"))),
        New("namespace-missing", PacketVerdict.Refused, Map(Type("00"))),
        New("namespace-undefined", PacketVerdict.Refused, Map(Type("00"), Key("nsp") + Undefined)),
        New("namespace-nil", PacketVerdict.Refused, Map(Type("00"), Key("nsp") + Nil)),
        New("namespace-number", PacketVerdict.Refused, Map(Type("00"), Key("nsp") + "01")),
        New("namespace-bytes", PacketVerdict.Refused, Map(Type("00"), Key("nsp") + "c4012f")),
        New("cut-short-in-map", PacketVerdict.Refused, "83" + Type("00") + Namespace("/")),
        New("cut-short-in-key", PacketVerdict.Refused, "82" + Type("00") + "a36e"),
        New("cut-short-in-value", PacketVerdict.Refused, "82" + Type("00") + Key("nsp") + "a52f"),
        New("cut-short-in-data", PacketVerdict.Refused, "83" + Type(Event) + Namespace("/") + Key("data") + "92" + Text("a")),
        New("string-longer-than-the-message", PacketVerdict.Refused, "82" + Type("00") + Key("nsp") + "dbffffffff2f"),
        New("map-longer-than-the-message", PacketVerdict.Refused, "dfffffffff" + Type("00") + Namespace("/")),
        New("bytes-behind", PacketVerdict.Refused, Map(Type("00"), Namespace("/")) + "00"),
        New("two-packets", PacketVerdict.Refused, Map(Type("00"), Namespace("/")) + Map(Type("00"), Namespace("/a"))),
    ];

    private static PacketCase New(string id, string ours, string hex) => new($"msgpack-{id}", ours, Convert.FromHexString(hex));

    private static string Map(params string[] members) => $"{0x80 | members.Length:x2}{string.Concat(members)}";

    private static string Array(params string[] elements) => $"{0x90 | elements.Length:x2}{string.Concat(elements)}";

    private static string Type(string value) => Key("type") + value;

    private static string Namespace(string value) => Key("nsp") + Text(value);

    private static string Id(string value) => Key("id") + value;

    private static string Data(string value) => Key("data") + value;

    private static string Key(string name) => Text(name);

    private static string Text(string text) => $"{0xa0 | Encoding.UTF8.GetByteCount(text):x2}{Hex(text)}";

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static string Repeat(string hex, int count) => string.Concat(Enumerable.Repeat(hex, count));
}

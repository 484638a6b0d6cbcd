using TypedSockets.Interop.Tests.Packets;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Interop.Tests;

/// <summary>Packets cross between Socket.IO's own parsers and ours, in both directions.</summary>
[Trait("Category", "Node")]
public sealed class PacketWriterTests(PacketParsers parsers) : IClassFixture<PacketParsers>
{
    public static TheoryData<string> Cases { get; } = new(WrittenPackets.All.Keys);

    /// <summary>A packet as JavaScript has it, and what it is here.</summary>
    public static TheoryData<string, string> Theirs { get; } = new()
    {
        { """{"type":0,"nsp":"/"}""", "Connect /" },
        { """{"type":0,"nsp":"/chat","data":{"token":"é"}}""", """Connect /chat {"token":"é"}""" },
        { """{"type":0,"nsp":"/","data":{"$undefined":1}}""", "Connect /" },
        { """{"type":1,"nsp":"/chat"}""", "Disconnect /chat" },
        { """{"type":2,"nsp":"/","data":["a"],"options":{"compress":true}}""", "Event / a []" },
        { """{"type":2,"nsp":"/chat","id":12,"data":["a",1,-1,1.5,"b",null,true,[],{}]}""", """Event /chat #12 a [1,-1,1.5,"b",null,true,[],{}]""" },
        { """{"type":2,"nsp":"/","id":0,"data":["quote\" back\\slash","line\nend"]}""", "Event / #0 quote\" back\\slash [\"line\\nend\"]" },
        { """{"type":2,"nsp":"/","data":[5,"a"]}""", """Event / 5 ["a"]""" },
        { """{"type":2,"nsp":"/","data":["a",{"$undefined":1},1]}""", "Event / a [null,1]" },
        { """{"type":2,"nsp":"/","id":4294967295,"data":["a",{"$bytes":"0102"}]}""", """Event / #4294967295 a [{"$bytes":"0102"}]""" },
        { """{"type":2,"nsp":"/chat","id":1,"data":["a",{"b":[{"$bytes":"01"}],"c":{"$bytes":""}}]}""", """Event /chat #1 a [{"b":[{"$bytes":"01"}],"c":{"$bytes":""}}]""" },
        { """{"type":3,"nsp":"/","id":1,"data":[]}""", "Ack / #1 []" },
        { """{"type":3,"nsp":"/chat","id":1,"data":[{"$bytes":"03"},"a"]}""", """Ack /chat #1 [{"$bytes":"03"},"a"]""" },
        { """{"type":4,"nsp":"/","data":{"message":"no","data":{"code":5}}}""", """ConnectError / {"message":"no","data":{"code":5}}""" },
        { """{"type":4,"nsp":"/","data":"no"}""", "ConnectError / \"no\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ours_AreReadByBothOfSocketIOsParsers(string id)
    {
        var written = WrittenPackets.All[id];
        Assert.Equal(written.Told, await parsers.DecodeAsync(PacketParsers.Text, written.ToText()));
        Assert.Equal(written.Told, await parsers.DecodeAsync(PacketParsers.MessagePack, [written.ToMessagePack()]));
        Assert.Equal(written.Told, await parsers.DecodeAsync(PacketParsers.MessagePack, [written.ToTranscoded()]));
    }

    [Theory]
    [MemberData(nameof(Theirs))]
    public async Task Theirs_AreReadByBothOfOurReaders(string packet, string told)
    {
        Assert.Equal(told, PacketVerdict.OfText(await parsers.EncodeAsync(PacketParsers.Text, packet)));
        Assert.Equal(told, PacketVerdict.OfMessagePack((byte[])(await parsers.EncodeAsync(PacketParsers.MessagePack, packet)).Single()));
    }

    /// <summary>What JavaScript has and JSON has not: a date travels as text there, and a view of a buffer as bytes.</summary>
    [Fact]
    public async Task Theirs_WithValuesOfJavaScript_AreReadAsTheirParserWritesThem()
    {
        const string Packet = """{"type":2,"nsp":"/","data":["a",{"$date":1700000000123},{"$view":"0102"}]}""";
        Assert.Equal("""Event / a ["2023-11-14T22:13:20.123Z",{"$bytes":"0102"}]""", PacketVerdict.OfText(await parsers.EncodeAsync(PacketParsers.Text, Packet)));
        var messagePack = (byte[])(await parsers.EncodeAsync(PacketParsers.MessagePack, Packet)).Single();
        Assert.Equal("""Event / a [{"$date":1700000000123},{"$extension":"c702000102"}]""", PacketVerdict.OfMessagePack(messagePack));
    }
}

using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

public sealed class JsonTranscoderTests
{
    public static TheoryData<string> Cases { get; } = new(WrittenPackets.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void WrittenPacket_SaysTheSameAsMessagePack(string id)
    {
        var written = WrittenPackets.All[id];
        Assert.Equal(written.Told, PacketVerdict.OfMessagePack(written.ToTranscoded()));
    }

    [Theory]
    [InlineData("null", "c0")]
    [InlineData("true", "c3")]
    [InlineData("-1", "ff")]
    [InlineData("4294967296", "cf0000000100000000")]
    [InlineData("18446744073709551615", "cfffffffffffffffff")]
    [InlineData("1.5", "cb3ff8000000000000")]
    [InlineData("\"a\\n\"", "a2610a")]
    [InlineData("[]", "90")]
    [InlineData("{}", "80")]
    [InlineData("""[1,[2,3],{"a":[],"b":{"c":4}}]""", "9301" + "920203" + "82" + "a16190" + "a16281a16304")]
    public void Value_CrossesInBothDirections(string json, string hex)
    {
        using (var buffer = PayloadBuffer.Rent())
        {
            JsonTranscoder.ToMessagePack(Encoding.UTF8.GetBytes(json), [], buffer);
            Assert.Equal(hex, Convert.ToHexStringLower(buffer.Written));
        }

        Assert.Equal(json, ToJson(hex, []));
    }

    [Theory]
    [InlineData("""\b\f\n\r\t\/\\\"\u0041é\u00e9""", "\b\f\n\r\t/\\\"Aéé")]
    [InlineData("""\ud83d\ude00😀""", "😀😀")]
    [InlineData("""a\ud800b""", "a\ufffdb")]
    [InlineData("""\ude00\ud83d""", "\ufffd\ufffd")]
    [InlineData("""\ud800\ud83d\ude00""", "\ufffd😀")]
    public void Escapes_AreResolved_AndHalfASurrogatePairHasNoUtf8(string escaped, string text)
    {
        using var buffer = PayloadBuffer.Rent();
        JsonTranscoder.ToMessagePack(Encoding.UTF8.GetBytes($$"""{"{{escaped}}":"{{escaped}}"}"""), [], buffer);
        var reader = new MessagePackReader(buffer.Written, PayloadLimits.Default);
        Assert.Equal(1, reader.BeginMap());
        Assert.Equal((text, text), (reader.ReadString(), reader.ReadString()));
    }

    [Theory]
    [InlineData("d40000", "null")]
    [InlineData("d7000000018bcfe5687b", "\"2023-11-14T22:13:20.123Z\"")]
    [InlineData("d700ffffffffffffffff", "\"1969-12-31T23:59:59.999Z\"")]
    [InlineData("d6ff00000001", "\"1970-01-01T00:00:01Z\"")]
    [InlineData("82010203c0", """{"1":2,"3":null}""")]
    [InlineData("81c001", """{"null":1}""")]
    public void ValueOfMessagePackAlone_BecomesWhatJavaScriptWouldWrite(string hex, string json) => Assert.Equal(json, ToJson(hex, []));

    [Theory]
    [InlineData("c4020102")]
    [InlineData("c702000102")]
    [InlineData("c80002000102")]
    [InlineData("c900000002000102")]
    public void Bytes_BecomeAnAttachment(string hex)
    {
        List<byte[]> attachments = [];
        Assert.Equal("""[{"_placeholder":true,"num":0}]""", ToJson($"91{hex}", attachments));
        Assert.Equal([1, 2], Assert.Single(attachments));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c1")]
    [InlineData("91")]
    [InlineData("0000")]
    [InlineData("a2ff61")]
    [InlineData("818001")]
    [InlineData("d5050101")]
    [InlineData("d7007fffffffffffffff")]
    public void BytesThatHaveNoJson_AreRefused(string hex) => Assert.Throws<PayloadException>(() => ToJson(hex, []));

    /// <summary>A client may send such an object, and a handler may send it on.</summary>
    [Theory]
    [InlineData("""{"_placeholder":true,"num":1}""", "82" + "ac5f706c616365686f6c646572" + "c3" + "a36e756d" + "01")]
    [InlineData("""{"_placeholder":true,"num":[]}""", "82" + "ac5f706c616365686f6c646572" + "c3" + "a36e756d" + "90")]
    [InlineData("""{"_placeholder":true,"num":0,"a":1}""", "83" + "ac5f706c616365686f6c646572" + "c3" + "a36e756d" + "00" + "a161" + "01")]
    [InlineData("""{"_placeholder":true,"num":0}""", "c40109")]
    public void Object_ThatStandsForNoAttachment_IsAnObject(string json, string hex)
    {
        using var buffer = PayloadBuffer.Rent();
        JsonTranscoder.ToMessagePack(Encoding.UTF8.GetBytes(json), new[] { new byte[] { 9 } }, buffer);
        Assert.Equal(hex, Convert.ToHexStringLower(buffer.Written));
    }

    [Fact]
    public void OwnValue_OfAnyDepth_IsWritten()
    {
        using var buffer = PayloadBuffer.Rent();
        JsonTranscoder.ToMessagePack(Encoding.UTF8.GetBytes(new string('[', 500) + new string(']', 500)), [], buffer);
        Assert.Equal(string.Concat(Enumerable.Repeat("91", 499)) + "90", Convert.ToHexStringLower(buffer.Written));
    }

    [Fact]
    public void Depth_IsLimited() => Assert.Throws<PayloadException>(() => ToJson(string.Concat(Enumerable.Repeat("91", 100_000)) + "90", []));

    private static string ToJson(string hex, IList<byte[]> attachments)
    {
        using var buffer = PayloadBuffer.Rent();
        JsonTranscoder.ToJson(Convert.FromHexString(hex), buffer, attachments, PayloadLimits.Default);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}

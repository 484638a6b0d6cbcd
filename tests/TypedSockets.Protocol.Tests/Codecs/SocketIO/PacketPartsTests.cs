using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>What the readers leave to others: arguments, data and faults, and whether a payload is JSON at all.</summary>
public sealed class PacketPartsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1]2")]
    [InlineData("[1,]")]
    [InlineData("""["\x"]""")]
    public void Syntax_OfWhatIsNoJson_IsNotValid(string text) => Assert.False(JsonSyntax.IsValid(Encoding.UTF8.GetBytes(text)));

    /// <summary>A client that cuts a text in two may send half a surrogate pair; its event is refused, and its session stays.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("""["\ud83d"]""")]
    [InlineData("""{"a":1,"a":2,"__proto__":{}}""")]
    public void Syntax_OfJson_IsValidWhateverOurReaderTakes(string text) => Assert.True(JsonSyntax.IsValid(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Syntax_OfAnyDepth_IsValid() => Assert.True(JsonSyntax.IsValid(Encoding.UTF8.GetBytes(new string('[', 500_000) + new string(']', 500_000))));

    [Theory]
    [InlineData(511, true)]
    [InlineData(513, false)]
    public void Placeholders_AreLookedForToALimitOfDepth(int depth, bool isValid) =>
        Assert.Equal(isValid, JsonSyntax.IsValid(Encoding.UTF8.GetBytes($$"""{{new string('[', depth)}}{"_placeholder":true,"num":0}{{new string(']', depth)}}"""), 1));

    [Theory]
    [InlineData("""{"_placeholder":true,"num":0}""", 1, true)]
    [InlineData("""{"_placeholder":true,"num":1}""", 1, false)]
    [InlineData("""{"_placeholder":true,"num":9999999999}""", 1, false)]
    [InlineData("""{"_placeholder":false,"num":9}""", 1, true)]
    [InlineData("""{"_placeholder":true,"_placeholder":false}""", 1, true)]
    [InlineData("""{"_placeholder":false,"_placeholder":true}""", 1, false)]
    [InlineData("""{"num":5,"_placeholder":true,"num":0}""", 1, true)]
    [InlineData("""{"num":0,"_placeholder":true,"num":5}""", 1, false)]
    [InlineData("""{"\u005fplaceholder":true}""", 1, false)]
    [InlineData("""{"_placeholder":{"_placeholder":true}}""", 1, false)]
    [InlineData("""{"_placeholder":true,"num":[0]}""", 1, false)]
    [InlineData("""[{"a":{"num":0}},{"_placeholder":true}]""", 1, false)]
    [InlineData("""{"_placeholder":true,"a":{"num":0}}""", 1, false)]
    public void Placeholders_StandForAnAttachmentEach(string text, int attachments, bool isValid) =>
        Assert.Equal(isValid, JsonSyntax.IsValid(Encoding.UTF8.GetBytes(text), attachments));

    [Fact]
    public void Arguments_AreReadByTheReaderOfTheFormat()
    {
        using var text = EventPayload.SplitText(TextPacketReader.Read("""2["s\u0061id", 5 ,"a"]"""u8));
        Assert.Equal("said"u8, text.Name);
        var json = new JsonReader(text.Arguments, PayloadLimits.Default);
        var left = json.BeginArray();
        Assert.True(json.HasNext(ref left));
        Assert.Equal(5, json.ReadInt32());
        Assert.True(json.HasNext(ref left));
        Assert.Equal("a", json.ReadString());
        json.EndArray();
        json.Complete();

        using var buffer = PayloadBuffer.Rent();
        var packet = MessagePackPacketWriter.WriteTranscoded(buffer, new SocketIONamespace("/"), TextPacketReader.Read("""2["said",5,"a"]"""u8), []);
        using var messagePack = EventPayload.SplitMessagePack(MessagePackPacketReader.Read(packet));
        Assert.Equal("said"u8, messagePack.Name);
        var reader = new MessagePackReader(messagePack.Arguments, PayloadLimits.Default);
        Assert.Equal(2, reader.BeginArray());
        Assert.Equal(5, reader.ReadInt32());
        Assert.Equal("a", reader.ReadString());
        reader.EndArray();
        reader.Complete();
    }

    [Fact]
    public void SteadyReading_AllocatesNothing()
    {
        var text = Encoding.UTF8.GetBytes("""2/chat,12["said",5,"a text"]""");
        using var buffer = PayloadBuffer.Rent();
        var messagePack = MessagePackPacketWriter.WriteTranscoded(buffer, new SocketIONamespace("/chat"), TextPacketReader.Read(text), []).ToArray();
        for (var round = 0; round < 100; round++)
        {
            Read();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read()
        {
            using var first = EventPayload.SplitText(TextPacketReader.Read(text));
            using var second = EventPayload.SplitMessagePack(MessagePackPacketReader.Read(messagePack));
        }
    }

    [Fact]
    public void ConnectedData_IsReadInBothFormats()
    {
        var data = new ConnectedData("s", "p");
        Assert.Equal(data, ReadText<ConnectedData, ConnectedData>("""{"more":[1],"pid":"p","sid":"s"}"""));
        Assert.Equal(new ConnectedData("s"), ReadText<ConnectedData, ConnectedData>("""{"sid":"s"}"""));
        Assert.Throws<PayloadException>(() => ReadText<ConnectedData, ConnectedData>("{}"));
        using var buffer = PayloadBuffer.Rent();
        Assert.Equal(data, ReadMessagePack<ConnectedData, ConnectedData>(MessagePackPacketReader.Read(MessagePackPacketWriter.WriteConnected(buffer, new SocketIONamespace("/"), data)).Payload));
    }

    [Fact]
    public void ConnectErrorData_IsReadInBothFormats()
    {
        var data = new ConnectErrorData<object?, SampleValues>("no", true, "why");
        Assert.Equal(data, ReadText<ConnectErrorData<object?, SampleValues>, ConnectErrorData<object?, SampleValues>>("""{"data":"why","message":"no","stack":""}"""));
        Assert.Equal(new("", false, null), ReadText<ConnectErrorData<object?, SampleValues>, ConnectErrorData<object?, SampleValues>>("{}"));
        using var buffer = PayloadBuffer.Rent();
        var packet = MessagePackPacketReader.Read(MessagePackPacketWriter.WriteTranscoded(buffer, new SocketIONamespace("/"), TextPacketReader.Read("""4{"message":"no","data":"why"}"""u8), []));
        Assert.Equal(data, ReadMessagePack<ConnectErrorData<object?, SampleValues>, ConnectErrorData<object?, SampleValues>>(packet.Payload));
    }

    [Theory]
    [InlineData(RemoteFault.HandlerFailed, "no")]
    [InlineData(RemoteFault.Canceled, null)]
    [InlineData(RemoteFault.ResultTooLarge, "5 bytes")]
    [InlineData(RemoteFault.NotSupported, null)]
    [InlineData(RemoteFault.Unauthenticated, null)]
    [InlineData(RemoteFault.Forbidden, "not for you")]
    [InlineData(RemoteFault.RateLimited, null, 1.5)]
    public void Fault_IsToldFromAResultAndInBothFormats(RemoteFault fault, string? message, double? seconds = null)
    {
        var retryAfter = seconds is { } value ? TimeSpan.FromSeconds(value) : (TimeSpan?)null;
        var data = new FaultData(fault, message, retryAfter);
        var main = new SocketIONamespace("/");
        using var text = PayloadBuffer.Rent();
        var payload = TextPacketReader.Read(TextPacketWriter.WriteFault(text, main, 1, fault, message, retryAfter)[1..]).Payload;
        Assert.True(FaultData.IsText(payload));
        Assert.Equal(data, ReadText<FaultData, FaultData>(Encoding.UTF8.GetString(payload[1..^1])));
        using var binary = PayloadBuffer.Rent();
        payload = MessagePackPacketReader.Read(MessagePackPacketWriter.WriteFault(binary, main, 1, fault, message, retryAfter)).Payload;
        Assert.Equal(data, ReadMessagePack<FaultData, FaultData>(payload[1..]));
    }

    [Fact]
    public void Fault_OfAnUnknownName_IsAFailedHandler() =>
        Assert.Equal(new FaultData(RemoteFault.HandlerFailed, null), ReadText<FaultData, FaultData>("""{"$fault":"OutOfPaper","message":null,"more":{}}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""[{"fault":"HandlerFailed"}]""")]
    [InlineData("""["$fault"]""")]
    public void Result_IsNoFault(string payload) => Assert.False(FaultData.IsText(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Violation_HasTheReasonThatSocketIOHasOnThatSide()
    {
        var violation = Assert.Throws<SocketIOViolationException>(() => TextPacketReader.Read("7"u8));
        Assert.IsType<ForcedClose>(violation.ReasonOn(Side.Server));
        Assert.IsType<ParseError>(violation.ReasonOn(Side.Client));
    }

    private static T ReadText<T, TCodec>(string json) where TCodec : struct, Events.IPayloadCodec<T>
    {
        var reader = new JsonReader(Encoding.UTF8.GetBytes(json), PayloadLimits.Default);
        var value = TCodec.Read(ref reader);
        reader.Complete();
        return value;
    }

    private static T ReadMessagePack<T, TCodec>(ReadOnlySpan<byte> bytes) where TCodec : struct, Events.IPayloadCodec<T>
    {
        var reader = new MessagePackReader(bytes, PayloadLimits.Default);
        var value = TCodec.Read(ref reader);
        reader.Complete();
        return value;
    }
}

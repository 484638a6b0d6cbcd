using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Tests.Codecs;

public sealed class ReasonCodecTests
{
    private static readonly DisconnectReason[] s_reasons =
    [
        new ClientDisconnect(),
        new ServerDisconnect(),
        new ServerDisconnect("be nice"),
        new ServerShuttingDown(),
        new ServerShuttingDown(TimeSpan.FromHours(1)),
        new TransportClose(),
        new TransportClose(1001, "going away"),
        new TransportClose(Text: "gone"),
        new TransportError("reset"),
        new PingTimeout(TimeSpan.FromSeconds(45.5), TimeSpan.FromSeconds(45)),
        new ParseError("byte 3"),
        new ForcedClose("a second open"),
        new ForcedServerClose(TimeSpan.FromSeconds(45)),
        new PayloadTooLarge(long.MaxValue, 1_000_000),
        new HandshakeRejected(404, "Not Found"),
        new ContractMismatch("no '/chat'"),
        new Unauthorized(),
        new Unauthorized("no ticket"),
        new AuthenticationExpired(),
        new RateLimited(),
        new RateLimited(TimeSpan.FromSeconds(1.5)),
        new SlowConsumer(2_000_000, 1_000_000),
        new SlowConsumer(70_000, 65_536) { Unit = QueueUnit.Packets },
        new HandlerFault("OnConnected"),
    ];

    public static TheoryData<int> Reasons() => [.. Enumerable.Range(0, s_reasons.Length)];

    /// <summary>The close code of <see cref="TransportClose"/> used to be lost, and a text to be invented.</summary>
    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_CrossesTheWire_AndTheInitiatorIsTheOtherEnd(int index)
    {
        var reason = s_reasons[index];
        Assert.Equal(reason with { Initiator = Initiator.Remote }, ReasonCodec.Read(Write(reason)));
    }

    [Fact]
    public void Reasons_OfTheTest_AreAllThereAre() => Assert.Equal(
        typeof(DisconnectReason).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DisconnectReason))).Select(type => type.Name).Order(),
        s_reasons.Select(reason => reason.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData("94cd03e7a474657874c0c0", "text")]
    [InlineData("94cd03e7c0c0c0", "reason 999")]
    [InlineData("91cd03e7", "reason 999")]
    public void Code_ThatIsUnknown_IsATransportCloseThatTellsOfIt(string hex, string text) =>
        Assert.Equal(new TransportClose(Text: text) { Initiator = Initiator.Remote }, ReasonCodec.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Values_OfALaterRevision_AreSkipped() =>
        Assert.Equal(new ServerDisconnect("a") { Initiator = Initiator.Remote }, ReasonCodec.Read(Convert.FromHexString("9565a161c0c09101")));

    /// <summary>What a refused client is told beside the text stands behind the reason; whose type this end does not know is skipped.</summary>
    [Fact]
    public void Data_BehindTheReason_IsFound()
    {
        var reason = ReasonCodec.Read(Convert.FromHexString("95cd0192a474657874c0c09107"), out var data);

        Assert.Equal(new Unauthorized("text") { Initiator = Initiator.Remote }, reason);
        Assert.Equal("9107", Convert.ToHexStringLower(data));
    }

    [Fact]
    public void ContractMismatch_BringsHowTheContractsCompare()
    {
        var agreement = new ContractAgreement(["Leave"], ["Alarm"], ["Say"]) { Incompatible = [new IncompatibleEvent("Say", Side.Server, "has changed")] };

        var read = Assert.IsType<ContractMismatch>(ReasonCodec.Read(Write(new ContractMismatch("no") { Agreement = agreement, Initiator = Initiator.Local })));

        Assert.Equal(("no", Initiator.Remote), (read.Detail, read.Initiator));
        Assert.Equal("missing remotely: Alarm; missing locally: Leave; shape changed: Say; incompatible: Say has changed", read.Agreement?.ToString());
    }

    [Theory]
    [InlineData("94ccc9c0c0c0")]
    [InlineData("94cd012cc0c0c0")]
    [InlineData("94cd012dc0c0c0")]
    [InlineData("94cd012ec0c0c0")]
    [InlineData("94cd012fc0c0c0")]
    [InlineData("94cd0190c0c0c0")]
    [InlineData("94cd0191c0c0c0")]
    [InlineData("94cd01f4c0c0c0")]
    [InlineData("94cd01f5c0c0c0")]
    [InlineData("94ccca" + "c0" + "d38000000000000000" + "cf7fffffffffffffff")]
    public void Reason_WithoutOrWithAbsurdValues_IsStillTheReason(string hex)
    {
        var reason = ReasonCodec.Read(Convert.FromHexString(hex));
        Assert.IsNotType<TransportClose>(reason);
        Assert.NotEmpty(reason.Description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("65")]
    [InlineData("9465c0c0")]
    [InlineData("9465c0c0c000")]
    [InlineData("94a165c0c0c0")]
    [InlineData("946505c0c0")]
    [InlineData("9465c0a161c0")]
    public void Bytes_ThatAreNoReason_AreUnreadable(string hex) => Assert.Throws<PayloadException>(() => ReasonCodec.Read(Convert.FromHexString(hex)));

    private static byte[] Write(DisconnectReason reason)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        ReasonCodec.Write(ref writer, reason);
        writer.Flush();
        return buffer.Written.ToArray();
    }
}

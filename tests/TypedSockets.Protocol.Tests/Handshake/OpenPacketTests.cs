using System.Text;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Handshake;

public sealed class OpenPacketTests
{
    private static readonly OpenPacket s_packet = new("abc", [], TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), 1_000_000, "ts1");

    [Fact]
    public void Text_IsTheEngineIOPacket() => Assert.Equal(
        """0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000,"codec":"ts1"}""",
        Encoding.UTF8.GetString(s_packet.ToText()));

    [Fact]
    public void Packet_RoundTrips()
    {
        var packet = s_packet with { Upgrades = ["websocket", "webtransport"], Codec = null };
        var read = OpenPacket.Parse(packet.ToText().AsSpan(1));
        Assert.Equal(packet.Upgrades, read.Upgrades);
        Assert.Equal(packet, read with { Upgrades = packet.Upgrades });
    }

    /// <summary>What a Node server sends, and one from before maxPayload existed.</summary>
    [Theory]
    [InlineData("""{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}""", 1_000_000)]
    [InlineData("""{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"future":{"a":[1]}}""", long.MaxValue)]
    public void Packet_OfAnotherServer_HasNoCodec(string json, long maxPayloadBytes)
    {
        var packet = OpenPacket.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal(("lv_VI97HAXpY6yYWAAAC", maxPayloadBytes, null), (packet.SessionId, packet.MaxPayloadBytes, packet.Codec));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("\"0\"")]
    [InlineData("""{"sid":null,"upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""{"sid":5,"upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""{"sid":"\ud800","upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":{},"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":[5],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":0,"pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":-1}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":99999999999}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1.5,"pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":"1","pingTimeout":1}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":"many"}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":0}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":-5}""")]
    [InlineData("""{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"codec":1}""")]
    public void Packet_ThatIsNone_IsAParseError(string json) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => OpenPacket.Parse(Encoding.UTF8.GetBytes(json))).Reason);

    [Fact]
    public void MutatedBytes_EndInAPacketOrAPacketException()
    {
        const int Seed = 4;
        var random = new Random(Seed);
        var original = s_packet.ToText()[1..];
        for (var round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. original];
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotNull(OpenPacket.Parse(bytes).SessionId);
            }
            catch (PacketException exception)
            {
                Assert.IsType<ParseError>(exception.Reason);
            }
        }
    }
}

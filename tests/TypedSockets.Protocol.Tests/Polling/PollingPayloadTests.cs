using System.Text;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed class PollingPayloadTests
{
    [Fact]
    public void Payload_IsWhatEngineIOWrites()
    {
        var queue = new PacketQueue();
        queue.AddText("4hello"u8);
        queue.AddBinary([1, 2, 3, 4], joins: false);
        queue.AddText("2"u8);
        Assert.Equal("4hello\u001ebAQIDBA==\u001e2", Encoding.UTF8.GetString(PollingPayload.Take(queue, long.MaxValue)));
        Assert.True(queue.IsEmpty);
    }

    /// <summary>However little fits, every packet leaves whole, once, and in order; none is larger than asked unless a single one is.</summary>
    [Fact]
    public void RandomPackets_SplitAtEveryLimit_ComeBack()
    {
        var random = new Random(11);
        for (var maxBytes = 1; maxBytes <= 120; maxBytes++)
        {
            var sent = Enumerable.Range(0, 12).Select(_ => RandomPacket(random)).ToList();
            var queue = new PacketQueue();
            foreach (var (packet, isBinary) in sent)
            {
                if (isBinary)
                {
                    queue.AddBinary(packet, joins: false);
                }
                else
                {
                    queue.AddText(packet);
                }
            }

            List<string> received = [];
            while (!queue.IsEmpty)
            {
                var payload = PollingPayload.Take(queue, maxBytes);
                var packets = Read(payload);
                Assert.True(payload.Length <= maxBytes || packets.Count == 1, $"{payload.Length} bytes with {packets.Count} packets; the limit is {maxBytes}.");
                received.AddRange(packets);
            }

            Assert.Equal(sent.Select(packet => Show(packet.Packet, packet.IsBinary)), received);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(3, 5)]
    [InlineData(4, 9)]
    public void EncodedLength_IsThatOfThePayload(int bytes, int expected)
    {
        var queue = new PacketQueue();
        queue.AddBinary(new byte[bytes], joins: false);
        Assert.Equal(expected, PollingPayload.EncodedLength(bytes));
        Assert.Equal(expected, PollingPayload.Take(queue, long.MaxValue).Length);
    }

    [Theory]
    [InlineData("", new[] { "text " })]
    [InlineData("b", new[] { "binary " })]
    [InlineData("4a\u001e", new[] { "text 4a" })]
    [InlineData("\u001e4a", new[] { "text ", "text 4a" })]
    [InlineData("4a\u001e\u001e4b", new[] { "text 4a", "text ", "text 4b" })]
    public void OddPayload_IsCutAtItsSeparators(string payload, string[] packets) => Assert.Equal(packets, Read(Encoding.UTF8.GetBytes(payload)));

    [Theory]
    [InlineData("bAQID=")]
    [InlineData("bAQI")]
    [InlineData("bA*==")]
    [InlineData("b+/+_")]
    public void BadBase64_IsAParseError(string payload) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => Read(Encoding.UTF8.GetBytes(payload))).Reason);

    [Fact]
    public void InvalidText_IsAParseError_BehindWhatCouldBeRead()
    {
        byte[] payload = [(byte)'4', (byte)'a', PollingPayload.Separator, (byte)'4', 0xff];
        Span<byte> rest = payload;
        Assert.Equal("4a"u8, PollingPayload.Read(ref rest, out _));
        var left = rest.ToArray();
        Assert.Throws<PacketException>(() => Read(left));
    }

    [Fact]
    public void RandomBytes_AreReadOrRefused()
    {
        var random = new Random(13);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var payload = new byte[random.Next(24)];
            random.NextBytes(payload);
            try
            {
                Read(payload);
            }
            catch (PacketException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 19_999);
    }

    private static (byte[] Packet, bool IsBinary) RandomPacket(Random random)
    {
        if (random.Next(2) == 0)
        {
            return (Encoding.UTF8.GetBytes($"4{new string('é', random.Next(20))}"), false);
        }

        var bytes = new byte[random.Next(30)];
        random.NextBytes(bytes);
        return (bytes, true);
    }

    private static List<string> Read(byte[] payload)
    {
        List<string> packets = [];
        Span<byte> rest = payload;
        do
        {
            packets.Add(Show(PollingPayload.Read(ref rest, out var isBinary), isBinary));
        }
        while (!rest.IsEmpty);
        return packets;
    }

    private static string Show(ReadOnlySpan<byte> packet, bool isBinary) => isBinary ? $"binary {Convert.ToHexStringLower(packet)}" : $"text {Encoding.UTF8.GetString(packet)}";
}

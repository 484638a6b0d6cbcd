using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Transports;

/// <summary>The attachments of a message come right behind it, whoever else sends at the same time.</summary>
public sealed class AttachmentOrderTests
{
    private const int Threads = 4;
    private const int Messages = 100;

    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    public async Task WebSocket_KeepsThemTogether(Side side)
    {
        var pair = new TransportPair(side);
        await SendAsync(pair.Transport);
        pair.EndArrival();
        await pair.ReceiveAsync();
        await pair.FinishAsync();
        var messages = (await pair.SentAsync()).Where(frame => frame.Opcode is Opcode.Text or Opcode.Binary);
        Check([.. messages.Select(frame => frame.Opcode is Opcode.Text ? Encoding.UTF8.GetString(frame.Payload) : $"b{Convert.ToBase64String(frame.Payload)}")]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Polling_KeepsThemTogether(bool isBase64)
    {
        var polling = new ServerPollingTransport(maxQueuedBytes: 1_000_000);
        await SendAsync(isBase64 ? new Base64Transport(polling) : polling);
        var response = await polling.GetAsync(null, TestContext.Current.CancellationToken);
        Check(Encoding.UTF8.GetString(response.Payload.Span).Split('\u001e'));
    }

    /// <summary>Half of it would be a packet that never ends.</summary>
    [Fact]
    public void Polling_WithoutRoomForTheMessage_SendsNothingOfIt()
    {
        var polling = new ServerPollingTransport(maxQueuedBytes: 10);
        Assert.True(polling.TrySendMessage("42[\"a message that fills it\"]"u8, []));
        var queued = polling.QueuedBytes;
        Assert.False(polling.TrySendMessage("451-[]"u8, [[1]]));
        Assert.Equal(queued, polling.QueuedBytes);
    }

    private static Task SendAsync(PacketTransport transport) => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
    {
        for (var index = 0; index < Messages; index++)
        {
            var name = (byte)('a' + thread);
            var isSent = thread == 0
                ? transport.TrySendMessage("42[]"u8, isBinary: false)
                : transport.TrySendMessage(Encoding.UTF8.GetBytes($"452-{(char)name}{index}"), [[name, (byte)index, 0], [name, (byte)index, 1]]);
            Assert.True(isSent);
        }
    })));

    private static void Check(string[] sent)
    {
        for (var index = 0; index < sent.Length; index++)
        {
            if (sent[index].StartsWith("452-", StringComparison.Ordinal))
            {
                var (name, number) = (sent[index][4], int.Parse(sent[index][5..], System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal($"b{Convert.ToBase64String([(byte)name, (byte)number, 0])}", sent[++index]);
                Assert.Equal($"b{Convert.ToBase64String([(byte)name, (byte)number, 1])}", sent[++index]);
            }
            else
            {
                Assert.Equal("42[]", sent[index]);
            }
        }

        Assert.Equal(Messages * (1 + (3 * (Threads - 1))), sent.Length);
    }
}

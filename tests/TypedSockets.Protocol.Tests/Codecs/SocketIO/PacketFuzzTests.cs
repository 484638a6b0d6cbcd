using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>
/// The packets of the tables, changed at random: whatever arrives is a packet or a violation, within the input's memory, and what is a packet is taken apart as its format has it. A
/// failure names its seed; with that in <c>TYPEDSOCKETS_FUZZ_SEED</c> it alone is run again.
/// </summary>
public sealed class PacketFuzzTests
{
    private const string SeedVariable = "TYPEDSOCKETS_FUZZ_SEED";
    private const int FirstSeed = 64_560_000;
    private const int Seeds = 60_000;

    // A violation and its text, the collector's copies, and pooled memory that is rented for the first time.
    private const long MaxAllocated = 64 * 1024;

    private static readonly byte[][] s_texts =
        [.. TextPacketCases.All.Values.SelectMany(packet => packet.Messages).Select(message => message is string text ? Encoding.UTF8.GetBytes(text) : (byte[])message)];

    private static readonly byte[][] s_maps = [.. MessagePackPacketCases.All.Values.Select(packet => (byte[])packet.Messages.Single())];

    // What the syntax is made of comes more often than chance would have it.
    private static readonly byte[] s_marks = Encoding.UTF8.GetBytes("0123456789-/,[]{}\"\\:.eE \tu_é");

    [Fact]
    public void Text_OfAnyBytes_IsAPacketOrAViolation() => Run(s_texts, ReadText);

    [Fact]
    public void MessagePack_OfAnyBytes_IsAPacketOrAViolation() => Run(s_maps, ReadMessagePack);

    private static void Run(byte[][] corpus, Action<byte[]> read)
    {
        var chosen = Environment.GetEnvironmentVariable(SeedVariable);
        var seeds = chosen is null ? Enumerable.Range(FirstSeed, Seeds) : Enumerable.Range(int.Parse(chosen, CultureInfo.InvariantCulture), 1);
        var violations = 0;
        foreach (var seed in seeds)
        {
            var random = new Random(seed);
            var message = Mutate(random, corpus);
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    read(message);
                }
                catch (SocketIOViolationException)
                {
                    violations++;
                }

                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated + (4 * message.Length));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed} fails; {SeedVariable}={seed} runs it alone. {exception}");
            }
        }

        if (chosen is null)
        {
            // Enough of both, or the mutations are of no use.
            Assert.InRange(violations, Seeds / 10, Seeds * 9 / 10);
        }
    }

    private static void ReadText(byte[] message)
    {
        var packet = TextPacketReader.Read(message);
        if (packet.Attachments > 0)
        {
            var collector = new AttachmentCollector(message.Length + 1);
            collector.Begin(message, packet);
            Assert.Equal(packet.Attachments == 1, collector.Add([1]));
            if (collector.IsPending)
            {
                Assert.IsType<PayloadTooLarge>(Assert.Throws<PacketException>(() => collector.Add([2])).Reason);
            }
        }

        if (packet.Type is not (SocketIOPacketType.Event or SocketIOPacketType.BinaryEvent))
        {
            return;
        }

        using var payload = EventPayload.SplitText(packet);
        Assert.Equal(JsonSyntax.IsValid(packet.Payload), JsonSyntax.IsValid(payload.Arguments));
        if (JsonSyntax.IsValid(packet.Payload))
        {
            using var whole = JsonDocument.Parse(packet.Payload.ToArray(), new JsonDocumentOptions { MaxDepth = 1_000 });
            using var arguments = JsonDocument.Parse(payload.Arguments.ToArray(), new JsonDocumentOptions { MaxDepth = 1_000 });
            Assert.Equal(whole.RootElement.GetArrayLength() - 1, arguments.RootElement.GetArrayLength());
            var name = whole.RootElement[0];
            if (Utf8.IsValid(packet.Payload))
            {
                Assert.Equal(name.ValueKind is JsonValueKind.String ? name.GetString() : name.GetRawText(), Encoding.UTF8.GetString(payload.Name));
            }
        }
    }

    private static void ReadMessagePack(byte[] message)
    {
        var packet = MessagePackPacketReader.Read(message);
        if (packet.Type is not SocketIOPacketType.Event)
        {
            return;
        }

        using var payload = EventPayload.SplitMessagePack(packet);
        var whole = new MessagePackReader(packet.Payload, PayloadLimits.Default);
        var arguments = new MessagePackReader(payload.Arguments, PayloadLimits.Default);
        Assert.Equal(whole.BeginArray() - 1, arguments.BeginArray());
        whole.Skip();
        Assert.True(packet.Payload[whole.Position..].SequenceEqual(payload.Arguments[arguments.Position..]));
        for (var left = packet.ArgumentCount; left > 0; left--)
        {
            arguments.Skip();
        }

        arguments.EndArray();
        arguments.Complete();
        Transcode(payload.Arguments);
    }

    private static void Transcode(ReadOnlySpan<byte> arguments)
    {
        using var buffer = PayloadBuffer.Rent();
        List<byte[]> attachments = [];
        try
        {
            JsonTranscoder.ToJson(arguments, buffer, attachments, PayloadLimits.Default);
        }
        catch (PayloadException)
        {
            return;
        }

        Assert.True(JsonSyntax.IsValid(buffer.Written, attachments.Count));
        using var back = PayloadBuffer.Rent();
        JsonTranscoder.ToMessagePack(buffer.Written, attachments.ToArray(), back);
        using var again = PayloadBuffer.Rent();
        JsonTranscoder.ToJson(back.Written, again, [], PayloadLimits.Default);
        Assert.True(buffer.Written.SequenceEqual(again.Written));
    }

    private static byte[] Mutate(Random random, byte[][] corpus)
    {
        List<byte> mutated = [.. corpus[random.Next(corpus.Length)]];
        for (var change = random.Next(4); change > 0 && mutated.Count > 0; change--)
        {
            // Heads are where it matters; they are near the beginning more often than not.
            var position = random.Next(random.Next(2) == 0 ? Math.Min(20, mutated.Count) : mutated.Count);
            switch (random.Next(6))
            {
                case 0:
                    mutated[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[position] = s_marks[random.Next(s_marks.Length)];
                    break;
                case 2:
                    mutated.RemoveAt(position);
                    break;
                case 3:
                    mutated.Insert(position, s_marks[random.Next(s_marks.Length)]);
                    break;
                case 4:
                    var other = corpus[random.Next(corpus.Length)];
                    mutated.InsertRange(position, other[random.Next(other.Length + 1)..]);
                    break;
                default:
                    mutated.RemoveRange(position, mutated.Count - position);
                    break;
            }
        }

        return [.. mutated];
    }
}

using System.Globalization;
using System.Text;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Tests.Waiting;

public sealed class OutboxTests
{
    private static readonly QueueLimits s_wide = new(1_000_000, 1_000);

    private readonly DeliveryCounters _counters = new();

    [Fact]
    public void NewerPacket_ReplacesTheOneWithItsKey_AndGoesToTheEnd()
    {
        var outbox = new Outbox(s_wide, _counters);
        Conflate(outbox, "a1", "a");
        Add(outbox, "r1");
        Conflate(outbox, "b1", "b");
        Conflate(outbox, "a2", "a");
        Add(outbox, "r2");
        Assert.Equal(["r1", "b1", "a2", "r2"], TakeAll(outbox));
        Assert.Equal((1, 0), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void Replacement_OfAnotherLength_IsWhole()
    {
        var outbox = new Outbox(s_wide, _counters);
        foreach (var text in (string[])["four", "a good deal longer", "x", "", "longer again"])
        {
            Conflate(outbox, text, "k");
            Assert.Equal(text.Length + 1, outbox.Bytes);
        }

        Assert.Equal(["longer again"], TakeAll(outbox));
        Assert.Equal((0, 0), (outbox.Bytes, outbox.Packets));
    }

    [Fact]
    public void Attachments_AreCopied_AndCounted()
    {
        var outbox = new Outbox(s_wide, _counters);
        byte[] attachment = [1, 2, 3];
        Assert.True(outbox.TryAdd(new OutgoingPacket("t"u8, PacketForm.Text, [attachment], PacketForm.Text), 0, 0));
        attachment[0] = 9;
        Assert.Equal((4, 1), (outbox.Bytes, outbox.Packets));
        Assert.True(outbox.TryTake(out var waiting));
        Assert.Equal((PacketForm.Text, PacketForm.Text), (waiting.Packet.Form, waiting.Packet.AttachmentForm));
        Assert.Equal([1, 2, 3], Assert.Single(waiting.Packet.Attachments.ToArray()));
        Assert.False(outbox.TryTake(out _));
    }

    /// <summary>Those that nothing replaces come first, so they are never refused for the sake of others.</summary>
    [Fact]
    public void ReliablePacket_WithoutRoom_DropsTheOldestReplaceable()
    {
        var outbox = new Outbox(new QueueLimits(11, 1_000), _counters);
        Conflate(outbox, "aaa", "a");
        Conflate(outbox, "bbb", "b");
        Conflate(outbox, "AAA", "a");
        Add(outbox, "rrrr");
        Assert.Equal(["AAA", "rrrr"], TakeAll(outbox));
        Assert.Equal((1, 1), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void ReliablePacket_WithoutRoomEvenSo_IsRefused_AndNothingChanges()
    {
        var outbox = new Outbox(new QueueLimits(12, 1_000), _counters);
        Conflate(outbox, "aaa", "a");
        Assert.False(outbox.TryAdd(Packet("rrrr"), bytesAhead: 9, packetsAhead: 1));
        Assert.Equal(["aaa"], TakeAll(outbox));
        Assert.Equal(0, _counters.Dropped);
    }

    [Fact]
    public void ReplaceablePacket_WithoutRoom_IsDropped_AndTheOneBeforeItStays()
    {
        var outbox = new Outbox(new QueueLimits(12, 1_000), _counters);
        Add(outbox, "rrrrrr");
        Conflate(outbox, "aaa", "a");
        Conflate(outbox, "aaaaaa", "a");
        Assert.Equal(["rrrrrr", "aaa"], TakeAll(outbox));
        Assert.Equal((0, 1), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void ManyKeys_KeepTheNewest_WithinBothLimits()
    {
        var outbox = new Outbox(new QueueLimits(1_000_000, 10), _counters);
        for (var number = 0; number < 100; number++)
        {
            Conflate(outbox, $"{number}", $"{number}", packetsAhead: 3);
            Assert.True(outbox.Packets <= 7);
        }

        Assert.Equal(Enumerable.Range(93, 7).Select(number => $"{number}"), TakeAll(outbox));
        Assert.Equal(93, _counters.Dropped);
    }

    /// <summary>Whatever comes in whatever order, the outbox does what a list that is searched from end to end does.</summary>
    [Fact]
    public void AnyWalk_IsThatOfTheModel()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            Walk(seed);
        }
    }

    private static void Walk(int seed)
    {
        var random = new Random(seed);
        var limits = new QueueLimits(random.Next(20, 400), random.Next(2, 40));
        var counters = new DeliveryCounters();
        var outbox = new Outbox(limits, counters);
        var model = new Model(limits);
        for (var step = 0; step < 500; step++)
        {
            var text = new string((char)('a' + (step % 26)), random.Next(0, 30)) + step.ToString(CultureInfo.InvariantCulture);
            var ahead = (Bytes: random.Next(3) == 0 ? random.Next(100) : 0, Packets: random.Next(3));
            switch (random.Next(10))
            {
                case < 5:
                    var key = $"{random.Next(8)}";
                    outbox.Conflate(Packet(text), Encoding.UTF8.GetBytes(key), ahead.Bytes, ahead.Packets);
                    model.Conflate(text, key, ahead.Bytes, ahead.Packets);
                    break;
                case < 8:
                    Assert.Equal(model.TryAdd(text, ahead.Bytes, ahead.Packets), outbox.TryAdd(Packet(text), ahead.Bytes, ahead.Packets));
                    break;
                default:
                    var isTaken = outbox.TryTake(out var waiting);
                    Assert.Equal(model.Take(), isTaken ? Text(waiting!) : null);
                    break;
            }

            Assert.True(
                (model.Bytes, model.Packets.Count, model.Conflated, model.Dropped) == (outbox.Bytes, outbox.Packets, counters.Conflated, counters.Dropped),
                $"seed {seed}, step {step}");
        }

        Assert.Equal(model.Packets.ConvertAll(packet => packet.Text), TakeAll(outbox));
        Assert.True(outbox.IsEmpty);
    }

    private static OutgoingPacket Packet(string text) => new(Encoding.UTF8.GetBytes(text), PacketForm.Part);

    private static void Add(Outbox outbox, string text) => Assert.True(outbox.TryAdd(Packet(text), 0, 0));

    private static void Conflate(Outbox outbox, string text, string key, int packetsAhead = 0) => outbox.Conflate(Packet(text), Encoding.UTF8.GetBytes(key), 0, packetsAhead);

    private static string Text(WaitingPacket waiting) => Encoding.UTF8.GetString(waiting.Packet.Bytes);

    private static List<string> TakeAll(Outbox outbox)
    {
        List<string> taken = [];
        while (outbox.TryTake(out var waiting))
        {
            taken.Add(Text(waiting));
        }

        return taken;
    }

    private sealed class Model(QueueLimits limits)
    {
        public List<(string Text, string? Key)> Packets { get; } = [];

        public int Conflated { get; private set; }

        public int Dropped { get; private set; }

        public long Bytes => Packets.Sum(Size);

        public bool TryAdd(string text, int bytesAhead, int packetsAhead)
        {
            if (!Fits(Packets.Where(packet => packet.Key is null), (text, null), bytesAhead, packetsAhead))
            {
                return false;
            }

            Append((text, null), bytesAhead, packetsAhead);
            return true;
        }

        public void Conflate(string text, string key, int bytesAhead, int packetsAhead)
        {
            if (!Fits(Packets.Where(packet => packet.Key is null), (text, key), bytesAhead, packetsAhead))
            {
                Dropped++;
                return;
            }

            Conflated += Packets.RemoveAll(packet => packet.Key == key);
            Append((text, key), bytesAhead, packetsAhead);
        }

        public string? Take()
        {
            var first = Packets.Count == 0 ? null : Packets[0].Text;
            Packets.RemoveRange(0, Math.Min(1, Packets.Count));
            return first;
        }

        private void Append((string Text, string? Key) packet, int bytesAhead, int packetsAhead)
        {
            while (!Fits(Packets, packet, bytesAhead, packetsAhead))
            {
                Packets.RemoveAt(Packets.FindIndex(other => other.Key is not null));
                Dropped++;
            }

            Packets.Add(packet);
        }

        private bool Fits(IEnumerable<(string Text, string? Key)> others, (string Text, string? Key) packet, int bytesAhead, int packetsAhead) =>
            bytesAhead + others.Append(packet).Sum(Size) <= limits.MaxBytes && packetsAhead + others.Count() + 1 <= limits.MaxPackets;

        private static long Size((string Text, string? Key) packet) => packet.Text.Length + (packet.Key?.Length ?? 0);
    }
}

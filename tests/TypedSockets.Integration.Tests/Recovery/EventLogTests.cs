using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>What a namespace keeps of its events.</summary>
public sealed class EventLogTests
{
    private static readonly BroadcastTarget s_all = BroadcastTarget.All;

    [Fact]
    public void Events_AreGivenBehindAnOffset_InOrder()
    {
        var log = Create();
        Assert.Equal((100, 100), (log.Last, log.SweptThrough));
        Add(log, 101, 105, 106);
        Assert.Equal([101, 105, 106], Offsets(log, 100));
        Assert.Equal([105, 106], Offsets(log, 101));
        Assert.Equal([105, 106], Offsets(log, 103));
        Assert.Empty(log.After(106));
        Assert.Equal((106, 100), (log.Last, log.SweptThrough));
    }

    [Fact]
    public void Number_BeyondTheLimit_DropsTheOldest()
    {
        var log = Create(maxEvents: 2);
        Add(log, 101, 102, 103, 104);
        Assert.Equal([103, 104], Offsets(log, 0));
        Assert.Equal((104, 102, 2), (log.Last, log.SweptThrough, log.Count));
    }

    [Fact]
    public void Bytes_BeyondTheLimit_DropTheOldest_AndOneThatIsTooLargeItself()
    {
        var one = Event(0, TimeSpan.Zero, 100).Bytes;
        Assert.Equal(128 + 100, one);
        var log = Create(maxBytes: 2 * one);
        log.Add(Event(101, TimeSpan.Zero, 100));
        log.Add(Event(102, TimeSpan.Zero, 100));
        Assert.Equal(2 * one, log.Bytes);
        log.Add(Event(103, TimeSpan.Zero, 100));
        Assert.Equal([102, 103], Offsets(log, 0));
        log.Add(Event(104, TimeSpan.Zero, 1000));
        Assert.Empty(log.After(0));
        Assert.Equal((104, 104, 0), (log.Last, log.SweptThrough, log.Bytes));
    }

    [Fact]
    public void Bytes_CountAttachmentsAndWhoIsNamed()
    {
        Assert.Equal(128 + 3 + 7, new RecoverableEvent(1, TimeSpan.Zero, s_all, new byte[3], [new byte[3], new byte[4]]).Bytes);
        Assert.Equal(128 + 3 + 80, new RecoverableEvent(1, TimeSpan.Zero, BroadcastTarget.Of(BroadcastScope.Room, "a"), new byte[3], []).Bytes);
        Assert.Equal(128 + 3 + 160, new RecoverableEvent(1, TimeSpan.Zero, s_all with { Except = ["a", "b"] }, new byte[3], []).Bytes);
    }

    [Fact]
    public void Age_BeyondTheLimit_DropsTheOldest()
    {
        var log = Create(maxAge: TimeSpan.FromSeconds(10));
        log.Add(Event(101, TimeSpan.FromSeconds(1)));
        log.Add(Event(102, TimeSpan.FromSeconds(5)));
        log.Sweep(TimeSpan.FromSeconds(11));
        Assert.Equal([101, 102], Offsets(log, 0));
        log.Sweep(TimeSpan.FromSeconds(11.1));
        Assert.Equal([102], Offsets(log, 0));
        log.Add(Event(103, TimeSpan.FromSeconds(60)));
        Assert.Equal([103], Offsets(log, 0));
        Assert.Equal(102, log.SweptThrough);
    }

    [Fact]
    public void Clear_DropsAll_AndNothingIsKeptBeforeTheLast()
    {
        var log = Create();
        Add(log, 101, 102);
        log.Clear();
        Assert.Equal((102, 102, 0, 0), (log.Last, log.SweptThrough, log.Count, log.Bytes));
        Add(log, 103);
        Assert.Equal([103], Offsets(log, 102));
    }

    private static EventLog Create(int maxEvents = 100, long maxBytes = 100_000, TimeSpan? maxAge = null) => new(maxEvents, maxBytes, maxAge ?? TimeSpan.FromMinutes(1), start: 100);

    private static void Add(EventLog log, params long[] offsets) => Array.ForEach(offsets, offset => log.Add(Event(offset, TimeSpan.Zero)));

    private static RecoverableEvent Event(long offset, TimeSpan sentAt, int bytes = 1) => new(offset, sentAt, s_all, new byte[bytes], []);

    private static IEnumerable<long> Offsets(EventLog log, long offset) => log.After(offset).Select(kept => kept.Offset);
}

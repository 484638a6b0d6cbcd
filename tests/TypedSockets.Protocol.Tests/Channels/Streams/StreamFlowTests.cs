using TypedSockets.Protocol.Channels.Streams;

namespace TypedSockets.Protocol.Tests.Channels.Streams;

/// <summary>The two sides of one stream's flow control, without what carries them.</summary>
public sealed class StreamFlowTests
{
    [Fact]
    public void Window_BeforeAnythingIsRead_IsGivenWhole_Once()
    {
        var window = new StreamWindow(4, 100);
        Assert.False(window.TryReceive(1));
        Assert.True(window.TryTakeCredit(out var items, out var bytes));
        Assert.Equal((4u, 100u), (items, bytes));
        Assert.False(window.TryTakeCredit(out _, out _));
    }

    [Theory]
    [InlineData(4, 100, 10, 2, 2u, 20u)]
    [InlineData(100, 100, 25, 2, 2u, 50u)]
    [InlineData(1, 1_000, 1, 1, 1u, 1u)]
    [InlineData(3, 1_000, 1, 2, 2u, 2u)]
    public void Credit_IsGivenBack_WhenHalfOfTheWindowHasBeenRead(int windowItems, int windowBytes, int size, int reads, uint items, uint bytes)
    {
        var window = new StreamWindow(windowItems, windowBytes);
        Assert.True(window.TryTakeCredit(out _, out _));
        for (var read = 1; read <= reads; read++)
        {
            Assert.True(window.TryReceive(size));
            window.Read(size);
            Assert.Equal(read == reads, window.TryTakeCredit(out var givenItems, out var givenBytes));
            Assert.Equal(read == reads ? (items, bytes) : (0u, 0u), (givenItems, givenBytes));
        }
    }

    [Fact]
    public void Item_BeyondTheItemsOrTheBytes_IsNotAllowed()
    {
        var byItems = new StreamWindow(2, 100);
        byItems.TryTakeCredit(out _, out _);
        Assert.True(byItems.TryReceive(0));
        Assert.True(byItems.TryReceive(0));
        Assert.False(byItems.TryReceive(0));
        var byBytes = new StreamWindow(10, 100);
        byBytes.TryTakeCredit(out _, out _);
        Assert.True(byBytes.TryReceive(99));
        Assert.True(byBytes.TryReceive(5_000));
        Assert.False(byBytes.TryReceive(0));
    }

    [Fact]
    public void Credit_ThatIsSpent_ClosesTheStream()
    {
        var credit = default(StreamCredit);
        Assert.False(credit.IsOpen);
        Assert.True(credit.TryGrant(2, 10));
        credit.Spend(10);
        Assert.False(credit.IsOpen);
        Assert.True(credit.TryGrant(0, 1));
        Assert.True(credit.IsOpen);
        credit.Spend(100);
        Assert.True(credit.TryGrant(5, 99));
        Assert.False(credit.IsOpen);
        Assert.True(credit.TryGrant(0, 1));
        Assert.True(credit.IsOpen);
    }

    [Theory]
    [InlineData(uint.MaxValue, 1u)]
    [InlineData(1u, uint.MaxValue)]
    [InlineData((uint)int.MaxValue + 1, 1u)]
    public void Credit_BeyondWhatThereCanBe_IsRefused(uint items, uint bytes)
    {
        var credit = default(StreamCredit);
        Assert.False(credit.TryGrant(items, bytes));
        Assert.True(credit.TryGrant(int.MaxValue, 1));
        Assert.False(credit.TryGrant(1, 0));
    }

    /// <summary>A writer that honours its credit never sends what is not allowed, is never ahead by more than the window, and never waits for a reader who waits for it.</summary>
    [Fact]
    public void RandomWalk_NeverOverrunsAndNeverStops()
    {
        const int Seed = 1;
        var random = new Random(Seed);
        for (var life = 0; life < 2_000; life++)
        {
            Walk(random, random.Next(1, 40), random.Next(1, 2_000));
        }
    }

    private static void Walk(Random random, int windowItems, int windowBytes)
    {
        var window = new StreamWindow(windowItems, windowBytes);
        var credit = default(StreamCredit);
        var items = new Queue<int>();
        var held = new Queue<int>();
        var credits = new Queue<(uint Items, uint Bytes)>();
        var sent = 0;
        var read = 0;
        const int Count = 200;
        const int MaxSize = 300;
        var idle = 0;
        while (read < Count)
        {
            idle++;
            switch (random.Next(4))
            {
                case 0 when sent < Count && credit.IsOpen:
                    var size = random.Next(MaxSize);
                    credit.Spend(size);
                    items.Enqueue(size);
                    sent++;
                    idle = 0;
                    break;
                case 1 when items.TryDequeue(out var arrived):
                    Assert.True(window.TryReceive(arrived));
                    held.Enqueue(arrived);
                    idle = 0;
                    break;
                case 2:
                    if (held.TryDequeue(out var taken))
                    {
                        window.Read(taken);
                        read++;
                        idle = 0;
                    }

                    if (window.TryTakeCredit(out var moreItems, out var moreBytes))
                    {
                        credits.Enqueue((moreItems, moreBytes));
                        idle = 0;
                    }

                    break;
                case 3 when credits.TryDequeue(out var granted):
                    Assert.True(credit.TryGrant(granted.Items, granted.Bytes));
                    idle = 0;
                    break;
            }

            Assert.True(idle < 1_000, "Nobody can go on.");
            Assert.InRange(sent - read, 0, windowItems);
            Assert.InRange(items.Sum() + held.Sum(), 0, windowBytes + MaxSize);
        }
    }
}

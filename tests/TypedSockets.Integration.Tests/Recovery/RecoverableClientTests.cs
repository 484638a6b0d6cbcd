using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>What a client missed, told by the numbers of events alone.</summary>
public sealed class RecoverableClientTests
{
    [Theory]
    [InlineData(null, 10, "it got nothing")]
    [InlineData(3L, 10, "it got that on an earlier connection")]
    [InlineData(10L, 10, "")]
    [InlineData(15L, 15, "")]
    public void Start_WhileMoreWasSent_IsWhatTheClientGot(long? claimed, long start, string because)
    {
        var client = new RecoverableClient("id", null) { JoinedAt = 10, LastSent = 20 };
        client.Drop(30);
        Assert.True(start == client.StartOf(claimed), because);
    }

    [Theory]
    [InlineData(20L, 30)]
    [InlineData(25L, 30)]
    [InlineData(40L, 40)]
    public void Start_WhenAllThatWasSentWasGot_IsTheDrop(long claimed, long start)
    {
        var client = new RecoverableClient("id", null) { JoinedAt = 10, LastSent = 20 };
        client.Drop(30);
        // Only the first event that could not be sent counts.
        client.Drop(35);
        Assert.Equal(start, client.StartOf(claimed));
    }

    [Fact]
    public void Start_WhenNothingWasSent_IsTheDrop()
    {
        var client = new RecoverableClient("id", null) { JoinedAt = 10 };
        client.Drop(30);
        Assert.Equal(30, client.StartOf(null));
    }

    [Fact]
    public void Rooms_CountFromWhenTheyWereJoinedUntilTheyWereLeft()
    {
        var client = new RecoverableClient("id", null);
        client.Enter("a", 10);
        client.Enter("b", 10);
        client.Leave("a", 20, sweptThrough: 0);
        client.Enter("a", 30);
        Assert.Equal(
            [false, true, true, false, false, true, true],
            ((long[])[10, 11, 20, 21, 30, 31, 99]).Select(offset => client.IsMeantBy(Event(offset, BroadcastTarget.Of(BroadcastScope.Room, "a")))));
        Assert.False(client.IsMeantBy(Event(15, BroadcastTarget.Of(BroadcastScope.Room, "c"))));
        Assert.Equal(["b", "a"], client.Rooms);

        // What nothing that is kept can ask about is forgotten.
        client.Leave("b", 40, sweptThrough: 25);
        Assert.False(client.IsMeantBy(Event(15, BroadcastTarget.Of(BroadcastScope.Room, "a"))));
        Assert.True(client.IsMeantBy(Event(35, BroadcastTarget.Of(BroadcastScope.Room, "b"))));
        Assert.Equal(["a"], client.Rooms);
    }

    [Fact]
    public void Targets_MeanTheClient_ByItsIdItsUserAndWhenItJoined()
    {
        var client = new RecoverableClient("id", "ada") { JoinedAt = 10 };
        var nobody = new RecoverableClient("other", null) { JoinedAt = 10 };
        Assert.True(client.IsMeantBy(Event(11, BroadcastTarget.All)));
        Assert.False(client.IsMeantBy(Event(10, BroadcastTarget.All)));
        Assert.False(client.IsMeantBy(Event(11, BroadcastTarget.All with { Except = ["x", "id"] })));
        Assert.True(client.IsMeantBy(Event(11, BroadcastTarget.Of(BroadcastScope.User, "ada"))));
        Assert.False(nobody.IsMeantBy(Event(11, BroadcastTarget.Of(BroadcastScope.User, "ada"))));
        Assert.True(client.IsMeantBy(Event(11, client.Target)));
        Assert.False(nobody.IsMeantBy(Event(11, client.Target)));
    }

    [Fact]
    public void Reasons_ThatNobodyDecided_AllowToComeBack()
    {
        DisconnectReason[] passing = [new TransportClose(), new TransportError("x"), new PingTimeout(TimeSpan.Zero, TimeSpan.Zero), new ForcedClose("x"), new ForcedServerClose(TimeSpan.Zero), new ServerShuttingDown(), new SlowConsumer(1, 1), new PayloadTooLarge(1, 1)];
        DisconnectReason[] final = [new ClientDisconnect(), new ServerDisconnect(), new ParseError("x"), new HandlerFault("x"), new Unauthorized("x"), new ContractMismatch("x"), new AuthenticationExpired(), new RateLimited()];
        Assert.All(passing, reason => Assert.True(RecoverableClient.MayReturnAfter(reason)));
        Assert.All(final, reason => Assert.False(RecoverableClient.MayReturnAfter(reason)));
    }

    private static RecoverableEvent Event(long offset, BroadcastTarget target) => new(offset, TimeSpan.Zero, target, [], []);
}

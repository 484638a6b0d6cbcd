namespace TypedSockets.Testing.Tests;

public sealed class LinkTests
{
    [Fact]
    public async Task Garbage_EndsInParseErrorOnThatConnectionAndNobodyElses()
    {
        await using var host = Party.Create();
        var (ada, ben) = (await host.ConnectAsync("ada"), await host.ConnectAsync("ben"));
        ada.Link.ToServer.Inject("no packet");
        var here = Assert.IsType<ParseError>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
        var there = Assert.IsType<ParseError>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal((Initiator.Remote, Initiator.Local), (here.Initiator, there.Initiator));
        Assert.Equal(5, await ben.Server.Add(2, 3));
        Assert.Empty(ben.Lifecycle.Events.OfType<Disconnected>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Garbage_InBytesToTheClient_EndsInParseErrorThere(bool speaksSocketIO)
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada", new TestClientOptions { SpeaksSocketIO = speaksSocketIO });
        ada.Link.ToClient.Inject([0xc1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        Assert.Equal(Initiator.Local, Assert.IsType<ParseError>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason).Initiator);
    }

    [Fact]
    public async Task Message_LargerThanTheServerAccepts_EndsInPayloadTooLarge()
    {
        await using var host = Party.Create(options => options.MaxPayloadBytes = 2_000);
        var ada = await host.ConnectAsync("ada");
        ada.Link.ToServer.Inject(new byte[2_001]);
        var there = Assert.IsType<PayloadTooLarge>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal((2_001, 2_000), (there.Bytes, there.Limit));
        Assert.IsType<PayloadTooLarge>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
    }

    [Fact]
    public async Task Hold_NothingArrivesUntilRelease_ThenAllInOrder()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        ada.Link.ToServer.Hold();
        List<Task<int>> answers = [ada.Server.Add(1, 1).AsTask(), ada.Server.Add(2, 2).AsTask()];
        ada.Server.Note(1);
        ada.Server.Note(2);
        await host.SettleAsync();
        Assert.Empty(host.Book().Entries);
        Assert.All(answers, answer => Assert.False(answer.IsCompleted));

        ada.Link.ToServer.Release();
        Assert.Equal((2, 4), (await answers[0], await answers[1]));
        await host.SettleAsync();
        Assert.Equal(["ada 1", "ada 2"], host.Book().Entries);
    }

    [Fact]
    public async Task Freeze_EventsThatMayBeReplacedOrDropped_Are()
    {
        await using var host = Party.Create();
        var guest = new Guest();
        var ada = await host.ConnectAsync(IPartyServer.Contract, guest, new Invitation("ada"));
        ada.Server.Play(1);
        await host.SettleAsync();
        ada.Link.ToClient.Freeze();
        ada.Server.Play(2);
        ada.Server.Play(3);
        ada.Server.Shout("over");
        await host.SettleAsync();
        Assert.Equal(["hint 1", "score 1"], guest.Told);

        ada.Link.ToClient.Thaw();
        await host.SettleAsync();
        Assert.Equal(["hint 1", "score 1", "score 3", "over"], guest.Told);
        Assert.Single(ada.ServerLifecycle.Events.OfType<ConsumerBehind>());
    }

    [Fact]
    public async Task CutAfter_TheLastPacketArrivesAndNothingBehindIt()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        ada.Link.ToServer.CutAfter(packets: 2);
        for (var number = 1; number <= 3; number++)
        {
            try
            {
                ada.Server.Note(number);
            }
            catch (NotConnectedException)
            {
                // The client has noticed already.
                Assert.Equal(3, number);
            }
        }

        Assert.IsType<TransportClose>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        Assert.IsType<TransportClose>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
        await host.SettleAsync();
        Assert.Equal(["ada 1", "ada 2"], host.Book().Entries);

        // Once: the next connection stays.
        await ada.Lifecycle.NextAsync<Connecting>();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ada.Lifecycle.NextAsync<Connected>();
        Assert.Equal(5, await ada.Server.Add(2, 3));
    }

    [Fact]
    public async Task TakeDown_EachTryWaitsLonger_UntilTheLinkIsRestored()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        await ada.Lifecycle.NextAsync<Connected>();
        ada.Link.TakeDown();
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            var connecting = await ada.Lifecycle.NextAsync<Connecting>();
            Assert.Equal(TimeSpan.FromSeconds(seconds), connecting.Delay);
            await host.AdvanceAsync(connecting.Delay);
            await ada.Lifecycle.NextAsync<Disconnected>(lost => lost.Reason is TransportError);
        }

        ada.Link.Restore();
        await ada.Lifecycle.NextAsync<Connecting>();
        await host.AdvanceAsync(TimeSpan.FromSeconds(5));
        await ada.Lifecycle.NextAsync<Connected>();
    }

    [Fact]
    public async Task Packets_AreCountedOneForEachEventAndAnswer()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        var (sent, received) = (ada.Link.ToServer.Packets, ada.Link.ToClient.Packets);
        await ada.Server.Add(1, 2);
        ada.Server.Note(1);
        await host.SettleAsync();
        Assert.Equal((sent + 2, received + 1), (ada.Link.ToServer.Packets, ada.Link.ToClient.Packets));
    }

    [Fact]
    public async Task Inject_WithoutAConnection_SaysSo()
    {
        await using var host = Party.Create();
        var client = host.CreateClient();
        Assert.Throws<InvalidOperationException>(() => client.Link.ToServer.Inject("x"));

        var ada = await host.ConnectAsync("ada");
        await ada.Socket.CloseAsync();
        Assert.Throws<InvalidOperationException>(() => ada.Link.ToServer.Inject("x"));
    }
}

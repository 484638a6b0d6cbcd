namespace TypedSockets.Testing.Tests;

/// <summary>What a server does when it shuts down, on a clock that the test moves.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stop_HandlerRuns_FinishesAndItsAnswerArrives()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        var ben = await host.ConnectAsync("ben");
        var answer = ada.Server.Finish().AsTask();
        // Behind it, and before the shutdown: it is handled too.
        ada.Server.Note(1);
        await host.Book().Waiting.Task;
        await host.SettleAsync();

        var stopping = host.StopAsync();
        Assert.IsType<ServerShuttingDown>((await ben.Lifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Empty(ada.Lifecycle.Events.OfType<Disconnected>());

        host.Book().Finishing.SetResult();
        Assert.Equal("finished", await answer);
        Assert.IsType<ServerShuttingDown>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal(["ada 1"], host.Book().Entries);
        await stopping;
    }

    [Fact]
    public async Task Stop_HandlerAsksAClientThatAsksBack_BothAreAnswered()
    {
        await using var host = Party.Create();
        var (asked, answering) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var guest = new Guest();
        var ada = await host.ConnectAsync(IPartyServer.Contract, guest, new Invitation("ada"));
        guest.OnAnswer = async question =>
        {
            asked.SetResult();
            await answering.Task;
            return $"{question}: {await ada.Server.Add(2, 3)}";
        };
        var answer = ada.Server.AskMeBack("sum").AsTask();
        await asked.Task;
        var stopping = host.StopAsync();
        await host.SettleAsync();
        answering.SetResult();
        Assert.Equal("sum: 5", await answer);
        Assert.IsType<ServerShuttingDown>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
        await stopping;
    }

    [Fact]
    public async Task Stop_HandlerRunsLongerThanItMay_IsCancelledAtTheDeadline()
    {
        await using var host = Party.Create(options => options.DrainTimeout = TimeSpan.FromSeconds(7));
        var ada = await host.ConnectAsync("ada");
        var waiting = ada.Server.WaitForever(TestContext.Current.CancellationToken).AsTask();
        await host.Book().Waiting.Task;

        var stopping = host.StopAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(6.9));
        Assert.False(host.Book().Cancelled.Task.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        await host.Book().Cancelled.Task.WaitAsync(host.Patience, TestContext.Current.CancellationToken);
        Assert.IsType<ServerShuttingDown>((await Assert.ThrowsAsync<DisconnectedException>(() => waiting)).Reason);
        await stopping;
    }

    [Fact]
    public async Task Stop_WithoutTimeToDrain_ClosesAtOnce()
    {
        await using var host = Party.Create(options => options.DrainTimeout = TimeSpan.Zero);
        var ada = await host.ConnectAsync("ada");
        var waiting = ada.Server.WaitForever(TestContext.Current.CancellationToken).AsTask();
        await host.Book().Waiting.Task;
        await host.StopAsync();
        Assert.IsType<ServerShuttingDown>((await Assert.ThrowsAsync<DisconnectedException>(() => waiting)).Reason);
    }

    [Fact]
    public async Task Stop_PeerSaysNoGoodbye_EndsAfterCloseTimeout()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        ada.Link.ToServer.Hold();
        var stopping = host.StopAsync();
        await ada.ServerLifecycle.NextAsync<Disconnected>();
        Assert.False(stopping.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromSeconds(5.2));
        await stopping.WaitAsync(host.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Connect_DuringTheDrain_IsRefusedAndObeysRetryAfter()
    {
        await using var host = Party.Create(options => (options.ShutdownRetryAfter, options.ShutdownRetryWindow) = (s_retryAfter, TimeSpan.Zero));
        var ada = await host.ConnectAsync("ada");
        var answer = ada.Server.Finish().AsTask();
        await host.Book().Waiting.Task;
        var stopping = host.StopAsync();
        var late = host.CreateClient();
        late.Socket.Open(IPartyServer.Contract, new Guest());
        var connecting = late.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        var refusal = Assert.IsType<HandshakeRejected>((await late.Lifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal((503, s_retryAfter), (refusal.Status, refusal.RetryAfter));
        Assert.Contains("shutting down", refusal.Text, StringComparison.Ordinal);
        Assert.Equal(s_retryAfter, (await late.Lifecycle.NextAsync<Connecting>()).Delay);

        host.Book().Finishing.SetResult();
        await answer;
        await stopping;
        await late.DisposeAsync();
        await Assert.ThrowsAsync<DisconnectedException>(() => connecting);
    }

    [Fact]
    public async Task Stop_ManyClients_AreAskedToComeBackOneAfterTheOther()
    {
        await using var host = Party.Create(options => options.ShutdownRetryAfter = s_retryAfter);
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => host.ConnectAsync($"guest {number}")));
        await host.StopAsync();
        var delays = new HashSet<TimeSpan>();
        foreach (var client in clients)
        {
            var reason = Assert.IsType<ServerShuttingDown>((await client.Lifecycle.NextAsync<Disconnected>()).Reason);
            Assert.InRange(reason.RetryAfter!.Value, s_retryAfter, s_retryAfter * 1.5);
            Assert.Equal(reason.RetryAfter, (await client.Lifecycle.NextAsync<Connecting>()).Delay);
            delays.Add(reason.RetryAfter.Value);
        }

        // Twenty of ten thousand possible waits.
        Assert.True(delays.Count > 10, string.Join(", ", delays));
    }
}

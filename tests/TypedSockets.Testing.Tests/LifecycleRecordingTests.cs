namespace TypedSockets.Testing.Tests;

public sealed class LifecycleRecordingTests
{
    [Fact]
    public async Task Next_StepDoesNotCome_SaysWhichAndWhatCameInstead()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        await ada.Lifecycle.NextAsync<Connecting>();
        await ada.ServerLifecycle.NextAsync<Connected>();
        await ada.Lifecycle.NextAsync<Connected>();
        ada.Link.Cut();
        await ada.Lifecycle.NextAsync<Connecting>();
        host.Patience = TimeSpan.FromMilliseconds(1);
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => ada.ServerLifecycle.NextAsync<HeartbeatLate>());
        Assert.StartsWith("The server's end of Client 1 has not seen 'HeartbeatLate' within 0.001 s; since the last step it saw Disconnected", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<TimeoutException>(() => ada.Lifecycle.NextAsync<Connected>());
        Assert.Equal("Client 1 has not seen 'Connected' within 0.001 s; since the last step it saw nothing.", exception.Message);
    }

    [Fact]
    public async Task Next_WithACondition_PassesOverTheOthers()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        ada.Link.TakeDown();
        await ada.Lifecycle.NextAsync<Connecting>(connecting => connecting.Delay > TimeSpan.Zero);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.IsType<TransportError>((await ada.Lifecycle.NextAsync<Disconnected>(lost => lost.Reason is not TransportClose)).Reason);
        Assert.Equal(4, ada.Lifecycle.Events.TakeWhile(change => change is not Disconnected { Reason: TransportError }).Count());
    }
}

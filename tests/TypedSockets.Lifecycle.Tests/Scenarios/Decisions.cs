using TypedSockets.Client;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>Somebody decides that it is over.</summary>
internal static class Decisions
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longTime = TimeSpan.FromDays(2);

    public static Scenario[] All { get; } =
    [
        new("the client calls `CloseAsync`", stage => stage.Client.Socket.CloseAsync()),
        new("the client is disposed", stage => stage.Client.DisposeAsync().AsTask()),
        new("the hub calls `Connection.Disconnect(\"text\")`", stage => Assert.ThrowsAsync<DisconnectedException>(() => stage.Client.Server.Kick("enough").AsTask())),
        new("the server's process is stopped in order", stage => stage.Server.StopAsync()),
        new("the same, with `ShutdownRetryAfter`: the client comes back after that time", StopAndComeBackAsync)
        {
            Server = options => (options.ShutdownRetryAfter, options.ShutdownRetryWindow) = (s_retryAfter, TimeSpan.Zero),
            // For a request that still went to the old server.
            Client = options => options with { Reconnection = new ReconnectionOptions { Delay = s_retryAfter, MaxDelay = s_retryAfter } },
        },
        new("the client's authentication expires, and it sends no new token", stage =>
        {
            Internals.Authentication(stage.Session).OnDue(s_longTime);
            return Task.CompletedTask;
        })
        {
            Server = options => options.AuthenticationExpiration = _ => TimeProvider.System.GetUtcNow() + (s_longTime / 2),
        },
        new("`OnConnected` of the hub throws", stage =>
        {
            stage.Server.Log.OnConnected = () =>
            {
                stage.TakeSession();
                throw new InvalidOperationException("The hub is broken.");
            };
            stage.Connect();
            return Task.CompletedTask;
        })
        {
            Before = Progress.Nothing,
            Ways = Ways.First,
            TellsOperator = true,
        },
    ];

    private static async Task StopAndComeBackAsync(Stage stage)
    {
        // The next one is there before the first goes, as behind a load balancer.
        var next = await stage.StartServerAsync();
        stage.Network.Server = new Uri(next.Address);
        await stage.Server.StopAsync();
        var ended = await stage.Client.NextAsync<Disconnected>();
        Assert.Equal(new ServerShuttingDown(s_retryAfter) { Initiator = Initiator.Remote }, ended.Reason);
        stage.Ended(ended);
        Assert.Equal(new Connecting(1, s_retryAfter), await stage.Client.NextAsync<Connecting>());
        await stage.Client.NextAsync<Connected>();
    }
}

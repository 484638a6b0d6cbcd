using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

public sealed class ShutdownTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Stop_HandlerRuns_ItFinishesAndItsAnswerArrives(TransportKind transport)
    {
        await using var server = await PlayServer.StartAsync();
        await using var idle = await server.ConnectAsync(Over(transport));
        await using var busy = await server.ConnectAsync(Over(transport));
        var (asked, answer) = AskBack(busy);
        var asking = busy.Server.AskMeBack("who").AsTask();
        await asked.WaitAsync(s_patience, Cancelled);

        var stopping = server.StopAsync();
        Assert.Equal(new ServerShuttingDown { Initiator = Initiator.Remote }, (await idle.NextAsync<Disconnected>()).Reason);
        Assert.False(stopping.IsCompleted);
        Assert.Equal(transport, busy.Socket.Transport);

        // The handler's own question is still answered, and so is what it was asked.
        answer.SetResult("me");
        Assert.Equal("you said me", await asking.WaitAsync(s_patience, Cancelled));
        Assert.Equal(new ServerShuttingDown { Initiator = Initiator.Remote }, (await busy.NextAsync<Disconnected>()).Reason);
        await stopping.WaitAsync(s_patience, Cancelled);
    }

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Stop_HandlerRunsLongerThanItMay_IsCancelled(TransportKind transport)
    {
        await using var server = await PlayServer.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(100));
        await using var peer = await server.ConnectAsync(Over(transport));
        var log = server.Log;
        var waiting = peer.Server.WaitForCancel(Cancelled).AsTask();
        await log.WaitForAsync("waiting");
        await server.StopAsync();
        await log.WaitForAsync("cancelled");
        Assert.IsType<ServerShuttingDown>((await Assert.ThrowsAsync<DisconnectedException>(() => waiting)).Reason);
    }

    /// <summary>It used to meet a closed port, and to see <see cref="TransportError"/>.</summary>
    [Fact]
    public async Task Stop_ClientIsBetweenTwoGets_ItFetchesTheReasonWithTheNext()
    {
        var isHolding = 0;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await PlayServer.StartAsync(handle: async (context, next) =>
        {
            if (Volatile.Read(ref isHolding) != 0 && context.Request.Method == "GET")
            {
                held.TrySetResult();
                await released.Task;
            }

            await next(context);
        });
        await using var peer = await server.ConnectAsync(Over(TransportKind.Polling));
        var id = await peer.Server.WhoAmI();
        Volatile.Write(ref isHolding, 1);
        // The answer lets go the GET that waits at the server, if there is one, and the next is held before it gets there.
        var log = server.Log;
        var working = peer.Server.Work("posted").AsTask();
        await held.Task.WaitAsync(s_patience, Cancelled);
        await log.WaitForAsync("posted");

        var stopping = server.StopAsync();
        await log.WaitForEndAsync(id);
        released.SetResult();
        await working;
        Assert.Equal(new ServerShuttingDown { Initiator = Initiator.Remote }, (await peer.NextAsync<Disconnected>()).Reason);
        await stopping.WaitAsync(s_patience, Cancelled);
    }

    [Fact]
    public async Task Handshake_DuringTheDrain_IsRefusedAndHealthTells()
    {
        await using var server = await PlayServer.StartAsync(
            options => (options.ShutdownRetryAfter, options.ShutdownRetryWindow) = (TimeSpan.FromSeconds(6.5), TimeSpan.Zero),
            configureServices: services => services.AddHealthChecks().AddTypedSockets());
        var health = server.Services.GetRequiredService<HealthCheckService>();
        await using var busy = await server.ConnectAsync(Over(TransportKind.WebSocket));
        var report = await health.CheckHealthAsync(Cancelled);
        Assert.Equal((HealthStatus.Healthy, 1), (report.Status, report.Entries["typedsockets"].Data["sessions"]));
        var (asked, answer) = AskBack(busy);
        var asking = busy.Server.AskMeBack("who").AsTask();
        await asked.WaitAsync(s_patience, Cancelled);
        var (address, stopping) = (server.Address, server.StopAsync());

        using var client = new HttpClient();
        using var response = await client.GetAsync($"{address}/socket.io/?EIO=4&transport=polling", Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Equal("""{"code":4,"message":"Service unavailable: the server is shutting down."}""", await response.Content.ReadAsStringAsync(Cancelled));
        report = await health.CheckHealthAsync(Cancelled);
        Assert.Equal((HealthStatus.Unhealthy, "The server is shutting down; 1 sessions are left."), (report.Status, report.Entries["typedsockets"].Description));

        await using var late = new PlayPeer(address, Over(TransportKind.WebSocket));
        var connecting = late.Socket.ConnectAsync(Cancelled);
        var refusal = Assert.IsType<HandshakeRejected>((await late.NextAsync<Disconnected>()).Reason);
        Assert.Equal((503, TimeSpan.FromSeconds(7)), (refusal.Status, refusal.RetryAfter));

        answer.SetResult("me");
        await asking;
        await stopping.WaitAsync(s_patience, Cancelled);
        await late.Socket.CloseAsync();
        await Assert.ThrowsAsync<DisconnectedException>(() => connecting);
    }

    [Fact]
    public async Task Health_AsManySessionsAsMayBe_IsDegraded()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxConnections = 1, configureServices: services => services.AddHealthChecks().AddTypedSockets(tags: ["ready"]));
        await using var peer = await server.ConnectAsync();
        var report = await server.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"), Cancelled);
        Assert.Equal((HealthStatus.Degraded, "1 sessions are open, which is the limit (MaxConnections)."), (report.Status, report.Entries["typedsockets"].Description));
    }

    [Fact]
    public async Task Clients_ComeBackToTheNextServerAfterTheTimeTheyWereTold()
    {
        var server = await PlayServer.StartAsync(options => (options.ShutdownRetryAfter, options.ShutdownRetryWindow) = (TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(20)));
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(20) } });
        await peer.NextAsync<Connected>();
        var port = new Uri(server.Address).Port;
        await server.StopAsync();
        await server.DisposeAsync();
        var reason = Assert.IsType<ServerShuttingDown>((await peer.NextAsync<Disconnected>()).Reason);
        Assert.InRange(reason.RetryAfter!.Value.TotalMilliseconds, 40, 60);
        Assert.Equal(new Connecting(1, reason.RetryAfter.Value), await peer.NextAsync<Connecting>());

        await using var next = await PlayServer.StartAsync(port: port);
        await peer.NextAsync<Connected>();
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    private static TypedSocketOptions Over(TransportKind transport) => new() { Transports = [transport] };

    /// <summary>Lets a client say when it is asked, and answer when it is told to.</summary>
    private static (Task Asked, TaskCompletionSource<string> Answer) AskBack(PlayPeer peer)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.OnAnswer = async (_, _) =>
        {
            asked.TrySetResult();
            return await answer.Task;
        };
        return (asked.Task, answer);
    }
}

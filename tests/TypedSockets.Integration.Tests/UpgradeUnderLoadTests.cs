using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>Upgrades while much is under way, and clients that come back by polling.</summary>
public sealed class UpgradeUnderLoadTests
{
    private static readonly TransportKind[] s_pollingFirst = [TransportKind.Polling, TransportKind.WebSocket];
    private static readonly ReconnectionOptions s_soon = new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Upgrade_AmidThousandsOfEventsAndRequestsAndCancellations_ChangesNothing()
    {
        const int Events = 3_000;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await PlayServer.StartAsync(
            // Room for everything at once: a server that is full reads no further, and so no answer that a handler waits for.
            options => options.MaxQueuedEventBytes = 1024 * 1024,
            handle: async (context, next) =>
            {
                if (context.Request.Headers.ContainsKey("Upgrade"))
                {
                    await opened.Task;
                }

                await next(context);
            });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst });
        await peer.Server.Enter("me");
        var upgraded = peer.NextAsync<Upgraded>();
        List<Task<int>> sums = [];
        List<Task<string>> questions = [];
        List<Task<Person>> cancelled = [];
        for (var number = 0; number < Events; number++)
        {
            peer.Server.Say("me", $"{number}");
            if (number % 3 == 0)
            {
                sums.Add(peer.Server.Sum([sums.Count, 1]));
            }

            if (number % 7 == 0)
            {
                using var cancellation = new CancellationTokenSource();
                cancelled.Add(peer.Server.Greet("Ann", number, cancellation.Token).AsTask());
                await cancellation.CancelAsync();
            }

            if (number % 50 == 0)
            {
                questions.Add(peer.Server.AskMeBack($"{questions.Count}").AsTask());
            }

            if (number == Events / 3)
            {
                // The other two thirds meet the upgrade.
                opened.SetResult();
            }
        }

        Assert.Equal(Enumerable.Range(1, sums.Count), await Task.WhenAll(sums));
        Assert.Equal(Enumerable.Range(0, questions.Count).Select(number => $"you said {number}!"), await Task.WhenAll(questions));
        foreach (var greeting in cancelled)
        {
            // The answer may be quicker than the cancellation.
            var exception = await Record.ExceptionAsync(() => greeting);
            Assert.True(exception is null or OperationCanceledException, $"{exception}");
        }

        for (var number = 0; number < Events; number++)
        {
            Assert.Equal($"{number}", await peer.NextSaidAsync());
        }

        await upgraded;
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Polling_Fails_TheClientComesBackByPolling()
    {
        var isBroken = 0;
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            if (context.Request.Method == HttpMethod.Get.Method && Interlocked.Exchange(ref isBroken, 0) == 1)
            {
                context.Response.StatusCode = 502;
                return Task.CompletedTask;
            }

            return next(context);
        });
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = [TransportKind.Polling], Reconnection = s_soon });
        var first = (await peer.NextAsync<Connected>()).ConnectionId;
        Volatile.Write(ref isBroken, 1);
        // Whatever it was answered: the GET behind it fails.
        await Record.ExceptionAsync(() => peer.Server.Sum([1]));
        var disconnected = await peer.NextAsync<Disconnected>();
        Assert.True(disconnected.WillReconnect);
        Assert.Contains("502", Assert.IsType<TransportError>(disconnected.Reason).Description, StringComparison.Ordinal);
        var second = await peer.NextAsync<Connected>();
        Assert.Equal(TransportKind.Polling, second.Transport);
        Assert.NotEqual(first, second.ConnectionId);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Server_RestartsDuringAnUpgrade_TheClientMovesAtTheNewOne()
    {
        var upgrading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await PlayServer.StartAsync(handle: async (context, next) =>
        {
            if (context.Request.Headers.ContainsKey("Upgrade"))
            {
                upgrading.TrySetResult();
                await stopping.Task;
            }

            await next(context);
        });
        // The next server may come up between two transports of one try, and this is about the first.
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = s_pollingFirst, TryAllTransports = false, Reconnection = s_soon });
        await upgrading.Task;
        var stopped = server.StopAsync();
        stopping.SetResult();
        var disconnected = await peer.NextAsync<Disconnected>();
        Assert.Equal(new ServerShuttingDown(null) { Initiator = Initiator.Remote }, disconnected.Reason);
        Assert.True(disconnected.WillReconnect);
        await stopped;
        var port = new Uri(server.Address).Port;
        await server.DisposeAsync();

        await using var next = await PlayServer.StartAsync(port: port);
        await peer.NextAsync<Upgraded>();
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(TransportKind.WebSocket, peer.Socket.Transport);
    }
}

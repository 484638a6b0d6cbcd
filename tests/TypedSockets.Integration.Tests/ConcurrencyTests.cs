using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>Calls within calls, in both directions, and handlers beside each other.</summary>
public sealed class ConcurrencyTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The client asks the server, which asks the client, which asks the server: each waits for the next in its handler.</summary>
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task NestedCalls_ManyLevelsDeep_AreAnswered(TransportKind transport)
    {
        await using var peer = await ClubPeer.ConnectAsync(options: new TypedSocketOptions { Transports = [transport] });
        for (var depth = 0; depth < 8; depth++)
        {
            var trace = await peer.Club.Dive(depth, Token).AsTask().WaitAsync(s_patience, Token);
            Assert.Equal(string.Concat(Enumerable.Range(0, depth + 1).Select(level => level % 2 == 0 ? 's' : 'c')), trace);
        }
    }

    /// <summary>What the client sends while it is asked is handled in order, not before what it sent earlier.</summary>
    [Fact]
    public async Task NestedCall_BehindEventsOfTheSameHandler_SeesThem()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        peer.OnBottom = async _ =>
        {
            peer.Club.Note("a");
            peer.Club.Note("b");
            return await peer.Club.Notes();
        };
        Assert.Equal("sa b", await peer.Club.Dive(1, Token).AsTask().WaitAsync(s_patience, Token));
    }

    /// <summary>More waits behind the handler than the queue may hold; it used to keep the answer from being read.</summary>
    [Fact]
    public async Task NestedCall_BehindMoreThanTheQueueHolds_IsAnswered()
    {
        await using var peer = await ClubPeer.ConnectAsync(options => options.MaxQueuedEventBytes = 1024);
        peer.OnBottom = _ =>
        {
            for (var index = 0; index < 200; index++)
            {
                peer.Club.Note(new string('x', 100));
            }

            return new("c");
        };
        Assert.Equal("sc", await peer.Club.Dive(1, Token).AsTask().WaitAsync(s_patience, Token));
    }

    [Fact]
    public async Task NestedCalls_OutermostIsCancelled_AllAre()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var bottom = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.OnBottom = async token =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
                return "";
            }
            finally
            {
                bottom.SetResult();
            }
        };
        using var source = new CancellationTokenSource();
        var dive = peer.Club.Dive(3, source.Token).AsTask();
        await peer.Log.WaitForAsync("client 0");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dive);
        await bottom.Task.WaitAsync(s_patience, Token);
        await peer.Log.WaitForAsync("server 3 OperationCanceledException");
        await peer.Log.WaitForAsync("server 1 OperationCanceledException");
        Assert.Equal(4, await peer.Club.Enter("open").AsTask().WaitAsync(s_patience, Token));
    }

    [Fact]
    public async Task NestedCalls_ConnectionEndsInTheMiddle_AllFail_AndTheHubSaysGoodbye()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var bottom = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.OnBottom = _ => new(bottom.Task);
        var dive = peer.Club.Dive(3, Token).AsTask();
        await peer.Log.WaitForAsync("client 0");
        await peer.Socket.CloseAsync();
        await Assert.ThrowsAsync<DisconnectedException>(() => dive.WaitAsync(s_patience, Token));
        // OnDisconnected runs behind every handler, the innermost and the outermost.
        await peer.Log.WaitForAsync("club left");
        bottom.SetResult("late");
    }

    [Fact]
    public async Task ConcurrentEvents_RunBesideEachOther_UpToTheLimit()
    {
        await using var peer = await ClubPeer.ConnectAsync(options => options.MaxConcurrentHandlers = 3);
        var answers = Enumerable.Range(0, 4).Select(number => peer.Club.Beside(number).AsTask()).ToArray();
        for (var number = 0; number < 3; number++)
        {
            await peer.Log.WaitForAsync($"beside {number}");
        }

        peer.Log.Add("open");
        var numbers = await Task.WhenAll(answers).WaitAsync(s_patience, Token);
        Assert.Equal([0, 1, 2, 3], numbers);
    }

    [Fact]
    public async Task KeyedEvents_RunBesideThoseOfOtherKeys_AndBehindThoseOfTheirOwn()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var (a1, a2, b1) = (peer.Club.Edit(1, "a").AsTask(), peer.Club.Edit(2, "a").AsTask(), peer.Club.Edit(1, "b").AsTask());
        await peer.Log.WaitForAsync("edits a1");
        await peer.Log.WaitForAsync("edits b1");
        peer.Log.Add("save b1");
        Assert.Equal("b1", await b1.WaitAsync(s_patience, Token));
        // Released already, and it has not begun: its key is another's.
        peer.Log.Add("save a2");
        Assert.False(a2.IsCompleted);
        peer.Log.Add("save a1");
        var saved = await Task.WhenAll(a1, a2).WaitAsync(s_patience, Token);
        Assert.Equal(["a1", "a2"], saved);
    }
}

using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>A client that drops and comes back again and again while events are sent to it from many threads gets each of them once, and those of one thread in order.</summary>
public sealed class RecoveryRaceTests
{
    private const int Senders = 3;
    private const int Rounds = 150;

    // How many events the senders may be ahead of the client.
    private const int Ahead = 100;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(TransportKind.WebSocket, false)]
    [InlineData(TransportKind.WebSocket, true)]
    [InlineData(TransportKind.Polling, false)]
    public async Task Events_SentWhileAClientDropsAndComesBack_ArriveOnce_InOrder(TransportKind transport, bool comesBackFirst)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var other = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await using var peer = await ReturningPeer.ConnectAsync(server, transport);
        await peer.AskAsync("Enter", "room");
        var targets = (IRecoveryClient[])[log.Clients(other.Id).All, log.Clients(other.Id).Room("room"), log.Clients(other.Id).Client(peer.Id)];
        using var heard = new Heard();
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var sent = 0;
            for (; !stop.IsCancellationRequested; sent++)
            {
                await heard.WaitAsync();
                targets[sent % targets.Length].Told($"{sender} {sent}");
            }

            return sent;
        }, TestContext.Current.CancellationToken)).ToArray();
        var draining = DrainAsync(other);
        for (var round = 0; round < Rounds; round++)
        {
            var before = peer.Session!;
            await ReadSomeAsync(peer, heard, Random.Shared.Next(40));
            if (!comesBackFirst)
            {
                before.Cut();
            }

            await ReturnAsync(peer, heard).WaitAsync(s_patience, TestContext.Current.CancellationToken);
            await before.DisposeAsync();
        }

        await stop.CancelAsync();
        heard.LetGo();
        var sent = await Task.WhenAll(senders);
        while (!heard.Counts.SequenceEqual(sent))
        {
            await ReadSomeAsync(peer, heard, 1);
        }

        // Nothing comes behind the last.
        log.Clients(other.Id).All.Told("end");
        Assert.Equal(["end"], await peer.ReadToldAsync(1));
        await other.DisposeAsync();
        await draining;
    }

    private static async Task ReturnAsync(ReturningPeer peer, Heard heard)
    {
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Array.ForEach(peer.EarlyTold(), heard.Add);
    }

    private static async Task ReadSomeAsync(ReturningPeer peer, Heard heard, int count)
    {
        for (var index = 0; index < count; index++)
        {
            heard.Add(peer.Take(await peer.ReadEventAsync())[1].GetString()!);
        }
    }

    private static async Task DrainAsync(ReturningPeer peer)
    {
        try
        {
            while (true)
            {
                await peer.ReadEventAsync();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException or EndOfStreamException)
        {
            // Disposed of.
        }
    }

    /// <summary>What the client has been told, which makes room for as many more.</summary>
    private sealed class Heard : IDisposable
    {
        private readonly int[] _counts = new int[Senders];
        private readonly SemaphoreSlim _room = new(Ahead);

        /// <summary>How many came of each sender.</summary>
        public IReadOnlyList<int> Counts => _counts;

        public Task WaitAsync() => _room.WaitAsync(TestContext.Current.CancellationToken);

        /// <summary>Nobody needs to wait any more.</summary>
        public void LetGo() => _room.Release(Senders);

        public void Add(string text)
        {
            var (sender, number) = text.Split(' ') is [var first, var second] ? (int.Parse(first, null), int.Parse(second, null)) : throw new InvalidOperationException(text);
            Assert.Equal(_counts[sender]++, number);
            _room.Release();
        }

        public void Dispose() => _room.Dispose();
    }
}

using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>A client that drops and comes back again and again while events are sent to it from many threads gets each of them once, and those of one thread in order.</summary>
public sealed class RecoveryRaceTests
{
    private const int Senders = 3;
    private const int Rounds = 150;

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
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var sent = 0;
            for (; !stop.IsCancellationRequested; sent++)
            {
                targets[sent % targets.Length].Told($"{sender} {sent}");
                if (sent % 4 == 0)
                {
                    // A burst, and time for the client to keep up.
                    await Task.Delay(1, TestContext.Current.CancellationToken);
                }
            }

            return sent;
        }, TestContext.Current.CancellationToken)).ToArray();
        var draining = DrainAsync(other);
        var next = new int[Senders];
        for (var round = 0; round < Rounds; round++)
        {
            var before = peer.Session!;
            await ReadSomeAsync(peer, next, Random.Shared.Next(40));
            if (!comesBackFirst)
            {
                before.Cut();
            }

            await ReturnAsync(peer, next).WaitAsync(s_patience, TestContext.Current.CancellationToken);
            await before.DisposeAsync();
        }

        await stop.CancelAsync();
        var sent = await Task.WhenAll(senders);
        while (!next.SequenceEqual(sent))
        {
            Check(peer.Take(await peer.ReadEventAsync())[1].GetString()!, next);
        }

        // Nothing comes behind the last.
        log.Clients(other.Id).All.Told("end");
        Assert.Equal(["end"], await peer.ReadToldAsync(1));
        await other.DisposeAsync();
        await draining;
    }

    private static async Task ReturnAsync(ReturningPeer peer, int[] next)
    {
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Array.ForEach(peer.EarlyTold(), text => Check(text, next));
    }

    private static async Task ReadSomeAsync(ReturningPeer peer, int[] next, int count)
    {
        for (var index = 0; index < count; index++)
        {
            Check(peer.Take(await peer.ReadEventAsync())[1].GetString()!, next);
        }
    }

    private static void Check(string text, int[] next)
    {
        var (sender, number) = text.Split(' ') is [var first, var second] ? (int.Parse(first, null), int.Parse(second, null)) : throw new InvalidOperationException(text);
        Assert.Equal(next[sender]++, number);
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
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TypedSockets.Server;
using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Recovery;
using TypedSockets.Testing;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>How long a client that is away is known, on a clock that the test moves.</summary>
public sealed class RecoveryExpiryTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Client_ThatWasAwayTooLong_BeginsAnew_AndNothingIsKeptOfIt()
    {
        var time = new ManualTime();
        await using var server = await StartAsync(time);
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await DropAsync(server, peer);
        time.Advance(TimeSpan.FromSeconds(119));
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);

        await DropAsync(server, peer);
        Recovery(server).TrySend(Told(server), new Text("kept"), BroadcastTarget.All, out _);
        time.Advance(TimeSpan.FromSeconds(121));
        // By the clock alone, with nothing else to do.
        Assert.Null(Recovery(server).Find(peer.Id));
        Assert.False(Recovery(server).TrySend(Told(server), new Text("to nobody"), BroadcastTarget.All, out _));
        await peer.ReturnAsync();
        Assert.False(peer.Recovered);
    }

    [Fact]
    public async Task Client_TooManyOfThemAway_TheOneThatHasBeenLongestIsForgotten()
    {
        await using var server = await StartAsync(new ManualTime(), recovery => recovery.MaxDisconnectedClients = 2);
        var peers = new ReturningPeer[3];
        for (var index = 0; index < peers.Length; index++)
        {
            peers[index] = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
            await DropAsync(server, peers[index]);
        }

        // The first comes last: beginning anew, it is one more that may be away.
        foreach (var peer in peers.Reverse())
        {
            await peer.ReturnAsync();
        }

        Assert.Equal([false, true, true], peers.Select(peer => peer.Recovered));
        Array.ForEach(peers, peer => peer.Session!.Cut());
    }

    [Theory]
    [InlineData("ConnectionStateRecovery.MaxDisconnectionDuration is 00:00:00; it must be positive")]
    [InlineData("ConnectionStateRecovery.MaxEvents is 0; it must be at least 1.")]
    [InlineData("ConnectionStateRecovery.MaxEventBytes is 0; it must be at least 1024.")]
    [InlineData("ConnectionStateRecovery.MaxDisconnectedClients is 0; it must be at least 1.")]
    public async Task Options_OutOfRange_AreNamed(string expected)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => ReturningPeer.StartServerAsync(recovery =>
        {
            recovery.MaxDisconnectionDuration = TimeSpan.Zero;
            (recovery.MaxEvents, recovery.MaxEventBytes, recovery.MaxDisconnectedClients) = (0, 0, 0);
        }));
        Assert.Contains(exception.Failures, failure => failure.StartsWith(expected, StringComparison.Ordinal));
    }

    private static Task<PlayServer> StartAsync(ManualTime time, Action<ConnectionStateRecoveryOptions>? configure = null) =>
        ReturningPeer.StartServerAsync(configure, options => options.HeartbeatInterval = TimeSpan.FromHours(1), services => services.AddSingleton<TimeProvider>(time));

    private static HubNamespace Lost(PlayServer server) => server.Services.GetRequiredService<NamespaceRegistry>().Find("/lost")!;

    private static ConnectionRecovery Recovery(PlayServer server) => Lost(server).Recovery!;

    private static Protocol.Codecs.SocketIO.SocketIORoute Told(PlayServer server) => new(Lost(server).Numbers.SocketIO.Namespace, "Told");

    // The hub's last word comes a moment before it has been released, and only then the client is away.
    private static async Task DropAsync(PlayServer server, ReturningPeer peer)
    {
        await peer.DropAsync(server);
        Assert.True(SpinWait.SpinUntil(() => Recovery(server).Find(peer.Id) is not { Member: not null }, s_patience));
    }

    private readonly struct Text(string text) : Events.IPayload
    {
        public void Write<TWriter>(ref TWriter writer) where TWriter : struct, Formats.IFormatWriter, allows ref struct
        {
            writer.BeginArray(1);
            writer.WriteString(text);
            writer.EndArray();
        }

        public object?[] ToValues() => [text];
    }
}

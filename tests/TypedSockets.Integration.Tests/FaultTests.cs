using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>What a caller sees of a handler that failed, between two ends over loopback.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Fault_ThatTheEventDeclares_ComesTyped_AndTheConnectionStays()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var notAMember = await Assert.ThrowsAsync<RemoteFaultException<NotAMember>>(() => peer.Club.Enter("closed").AsTask());
        Assert.Equal(("IClubServer.Enter", "NotAMember", "closed"), (notAMember.Event, notAMember.FaultName, notAMember.Value.Club));
        Assert.Equal([1, 2, 3], notAMember.Value.Proof);
        var full = await Assert.ThrowsAsync<RemoteFaultException<ClubFull>>(() => peer.Club.Enter("full").AsTask());
        Assert.Equal(("Full", 7, RemoteFault.Declared), (full.FaultName, full.Value.Limit, full.Fault));
        Assert.Equal(4, await peer.Club.Enter("open"));
    }

    [Fact]
    public async Task Fault_OfTheClient_ComesTypedToTheHub_WhichPassesItOnAsWhatItIsToItsOwnCaller()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        peer.OnBottom = _ => throw new FaultException<NotAMember>(new NotAMember("deep", []));
        // The hub's own event declares nothing, and what it got from elsewhere is an exception of its own.
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Club.Dive(1, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal((RemoteFault.HandlerFailed, null), (exception.Fault, exception.FaultName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault_ThatTheEventDoesNotDeclare_IsHidden(bool isOtherType)
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => isOtherType ? peer.Club.Enter("broken").AsTask() : peer.Club.Undeclared().AsTask());
        Assert.Equal((RemoteFault.HandlerFailed, null, null), (exception.Fault, exception.FaultName, exception.Detail));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The client's build of the contract is older: it knows the event, and none of its faults.</summary>
    [Fact]
    public async Task Fault_OfANewerServer_ComesWithItsName()
    {
        await using var server = await PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddHub(IClubServer.Contract.HandledBy<ClubHub>()));
        await using var socket = new TypedSocket(server.Address);
        var connected = new TaskCompletionSource<Connected>(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Lifecycle.Subscribe(change => _ = change is Connected it && connected.TrySetResult(it));
        var club = socket.Open(IOldClubServer.Contract, new OldClubClient());
        await socket.ConnectAsync(TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<RemoteException>(() => club.Enter("full").AsTask());
        Assert.Equal((RemoteFault.Declared, "Full"), (exception.Fault, exception.FaultName));
        Assert.Equal(4, await club.Enter("open"));
        // The two ends have told each other that they differ.
        Assert.Contains("Enter", (await connected.Task).Agreement.ShapeChanged);
    }

    private sealed class OldClubClient : IOldClubClient;
}

/// <summary>An older build of the club's contract.</summary>
[EventContract("/club")]
public partial interface IOldClubServer : IServerEvents<IOldClubServer, IOldClubClient>
{
    ValueTask<int> Enter(string club);
}

public interface IOldClubClient : IClientEvents;

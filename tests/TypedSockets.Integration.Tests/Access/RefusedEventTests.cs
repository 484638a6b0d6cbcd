using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>Events that a hub is not to have, and what it hears of them.</summary>
public sealed class RefusedEventTests
{
    private readonly Booth _booth = new();

    // Whoever waits for it goes on when the test says so.
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<bool> Codecs { get; } = [true, false];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The client goes on sending while its user is asked about; who may not stay has sent those in vain, even where nobody could be asked.</summary>
    [Theory]
    [InlineData("ada;banned;1200", DisconnectCode.Unauthorized)]
    [InlineData("ada;unheard-of;1200", DisconnectCode.HandlerFault)]
    public async Task Events_BehindANewTokenThatIsRefused_AreNotHandled(string token, DisconnectCode code)
    {
        var time = new SteppedTime();
        await using var server = await CellarServer.StartAsync(time, services =>
        {
            services.AddSingleton(_booth).AddTypedSockets().AddHub(IBoothServer.Contract.HandledBy<HeldBoothHub>());
            services.AddOptions<Microsoft.AspNetCore.Authorization.AuthorizationOptions>().Configure<PlayLog>((options, log) =>
                options.AddPolicy(HeldBoothHub.Held, policy => policy.RequireAssertion(async context =>
                {
                    var role = context.User.FindFirstValue(ClaimTypes.Role);
                    if (role == "clerk")
                    {
                        return true;
                    }

                    log.Add($"asked about {role}");
                    await _gate.Task;
                    return role == "banned" ? false : throw new InvalidOperationException("Nobody knows this role.");
                })));
        });
        await using var peer = new PlayPeer(server.Address, CellarServer.With("ada;clerk;600", token));
        var booth = peer.Socket.Open(IBoothServer.Contract, new BoothClient());
        await peer.Socket.ConnectAsync(Token);
        booth.Say("before");

        time.MoveTo(TimeSpan.FromSeconds(541));
        await server.Log.WaitForAsync($"asked about {token.Split(';')[1]}");
        booth.Say("one");
        booth.Say("two");
        var knocking = booth.Knock();
        // With this answer all of them have been received, and wait.
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        _gate.SetResult();

        await server.Log.WaitForAsync($"booth disconnected {code}");
        Assert.Equal(["before"], _booth.Said);
        Assert.Empty(_booth.Refused);
        Assert.Equal(code, (await Assert.ThrowsAsync<DisconnectedException>(async () => await knocking)).Reason.Code);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    /// <summary>A hub, or a filter, may find out only when the client has been told that it is connected.</summary>
    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Events_BehindOnConnectedThatFails_AreNotHandled(bool speaksTs1)
    {
        await using var server = await StartAsync();
        _booth.OnConnectedAsync = async () =>
        {
            await _gate.Task;
            throw new InvalidOperationException("The booth is closed.");
        };
        await using var peer = new PlayPeer(server.Address);
        var booth = peer.Socket.Open(IBoothServer.Contract, new BoothClient());
        var more = speaksTs1 ? null : peer.Socket.OpenDynamic("/booth");
        await peer.Socket.ConnectAsync(Token);

        booth.Say("one");
        more?.Emit("two");
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        _gate.SetResult();

        await server.Log.WaitForAsync("booth disconnected HandlerFault");
        Assert.Empty(_booth.Said);
    }

    /// <summary>A flood leaves one notice behind, whatever it is made of; every caller is answered all the same.</summary>
    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Hub_ThatIsSlowToHearOfRefusedEvents_IsToldHowManyThereWere(bool speaksTs1)
    {
        await using var server = await StartAsync();
        _booth.OnRefusedAsync = async () => await _gate.Task;
        await using var peer = new PlayPeer(server.Address);
        var booth = peer.Socket.Open(IBoothServer.Contract, new BoothClient());
        if (!speaksTs1)
        {
            peer.Socket.OpenDynamic("/booth");
        }

        await peer.Socket.ConnectAsync(Token);
        Task[] first = [booth.Knock().AsTask()];
        await server.Log.WaitForAsync("booth refused 1");
        var more = Enumerable.Range(0, 100).Select(_ => booth.Knock().AsTask()).ToArray();
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        _gate.SetResult();

        foreach (var knocking in first.Concat(more))
        {
            Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(() => knocking)).Fault);
        }

        await server.Log.WaitForAsync("booth refused 2");
        var one = new EventRefused("IBoothServer.Knock", "Nobody is in.") { Fault = RemoteFault.Forbidden };
        Assert.Equal([one, one with { Count = 100 }], _booth.Refused);
    }

    private Task<PlayServer> StartAsync() => PlayServer.StartAsync(configureServices: services =>
        services.AddSingleton(_booth).AddTypedSockets().AddHub(IBoothServer.Contract.HandledBy<BoothHub>()));
}

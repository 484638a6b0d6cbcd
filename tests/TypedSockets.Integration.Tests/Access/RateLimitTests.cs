using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>How many events a client may send.</summary>
public sealed class RateLimitTests
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(1500);

    private readonly ConcurrentDictionary<string, CountedLimiter> _limiters = new();

    public static TheoryData<bool> Codecs { get; } = [true, false];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task AboveTheLimit_EventsAreRefused_AndTheConnectionStays(bool speaksTs1)
    {
        await using var server = await PlayServer.StartAsync(options => options.RateLimitPerConnection = connection => _limiters.GetOrAdd(connection.Id, _ => new CountedLimiter(3, s_wait)));
        await using var peer = await ConnectAsync(server, speaksTs1);
        await using var other = await ConnectAsync(server, speaksTs1);
        var id = await peer.Server.WhoAmI();
        await peer.Server.Enter("room");
        await other.Server.Enter("room");

        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Sum([1, 2]));
        Assert.Equal((RemoteFault.RateLimited, s_wait), (exception.Fault, exception.RetryAfter));
        peer.Server.Say("room", "too much");
        await server.Log.WaitForAsync("refused IPlayServer.Say RateLimited");
        other.Server.Say("room", "hello");
        Assert.Equal("hello", await peer.NextSaidAsync());

        _limiters[id].Allow(1);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(0, _limiters[id].Held);
        await peer.Socket.CloseAsync();
        await _limiters[id].Disposed;
    }

    /// <summary>The arguments are not decoded, and still must be what a packet can hold.</summary>
    [Fact]
    public async Task AboveTheLimit_TheClientIsDisconnected_WhereTheOptionSaysSo_AndComesBackLater()
    {
        await using var server = await PlayServer.StartAsync(options =>
        {
            options.RateLimitPerConnection = _ => new CountedLimiter(1, s_wait);
            options.RateLimitAction = RateLimitAction.Disconnect;
        });
        await using var other = await server.ConnectAsync();
        await using var peer = await server.ConnectAsync();
        var id = await peer.Server.WhoAmI();

        await Assert.ThrowsAsync<DisconnectedException>(async () => await peer.Server.Sum([1, 2]));

        Assert.Equal(new RateLimited(s_wait), await server.Log.WaitForEndAsync(id));
        Assert.Equal(new Disconnected(new RateLimited(s_wait) { Initiator = Initiator.Remote }, WillReconnect: true), await peer.NextAsync<Disconnected>());
        Assert.Equal(new Connecting(1, s_wait), await peer.NextAsync<Connecting>());
        await peer.NextAsync<Connected>();
        Assert.Equal(3, await other.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Connections_OfOneUser_ShareALimit_WhichIsThereWhenTheUserComesBack()
    {
        await using var server = await PlayServer.StartAsync(options => options.RateLimitPerUser = user => _limiters.GetOrAdd(user, _ => new CountedLimiter(2)));
        await using var one = await ConnectAsync(server, speaksTs1: true, "ada");
        await using var two = await ConnectAsync(server, speaksTs1: false, "ada");
        await using var bob = await ConnectAsync(server, speaksTs1: true, "bob");
        await using var stranger = await ConnectAsync(server, speaksTs1: true);

        await one.Server.Enter("room");
        await two.Server.Enter("room");
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await one.Server.Sum([1]));
        Assert.Equal((RemoteFault.RateLimited, null), (exception.Fault, exception.RetryAfter));
        await Assert.ThrowsAsync<RemoteException>(async () => await two.Server.Sum([1]));
        Assert.Equal(1, await bob.Server.Sum([1]));
        for (var time = 0; time < 5; time++)
        {
            await stranger.Server.Sum([1]);
        }

        _limiters["ada"].Allow(2);
        var ids = (string[])[await one.Server.WhoAmI(), await two.Server.WhoAmI()];
        await one.Socket.CloseAsync();
        await two.Socket.CloseAsync();
        await server.Log.WaitForEndAsync(ids[0]);
        await server.Log.WaitForEndAsync(ids[1]);

        // Nothing is left of the limit, so it is not forgotten.
        await using var three = await ConnectAsync(server, speaksTs1: true, "ada");
        Assert.Equal(RemoteFault.RateLimited, (await Assert.ThrowsAsync<RemoteException>(async () => await three.Server.Sum([1]))).Fault);
        Assert.False(_limiters["ada"].IsDisposed);
        _limiters["ada"].Allow(2);
        await three.Socket.CloseAsync();
        await _limiters["ada"].Disposed;
        Assert.False(_limiters["bob"].IsDisposed);
    }

    /// <summary>A limiter may count what runs at a time: an event holds its place until it has been handled.</summary>
    [Fact]
    public async Task Event_HoldsItsPlace_WhileItIsHandled()
    {
        var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 });
        await using var server = await PlayServer.StartAsync(options => options.RateLimitPerUser = _ => limiter);
        await using var one = await ConnectAsync(server, speaksTs1: true, "ada");
        await using var two = await ConnectAsync(server, speaksTs1: true, "ada");
        using var source = new CancellationTokenSource();

        var waiting = one.Server.WaitForCancel(source.Token);
        await server.Log.WaitForAsync("waiting");
        Assert.Equal(RemoteFault.RateLimited, (await Assert.ThrowsAsync<RemoteException>(async () => await two.Server.Sum([1]))).Fault);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        await server.Log.WaitForAsync("cancelled");

        // The place is free when the server has answered; that answer this client does not wait for.
        Assert.Equal(3, await one.Server.Sum([1, 2]));
        Assert.Equal(3, await two.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task DynamicEvents_CountToo()
    {
        await using var server = await PlayServer.StartAsync(
            options => options.RateLimitPerConnection = _ => new CountedLimiter(1, s_wait),
            configureServices: services => services.AddTypedSockets().AddDynamicHub<CustomHub>("/custom"));
        await using var socket = new TypedSocket(server.Address);
        var custom = socket.OpenDynamic("/custom");
        await socket.ConnectAsync(Token);

        await custom.EmitWithAck("echo-ack", [7], Token);
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("echo-ack", [7], Token));

        Assert.Equal((RemoteFault.RateLimited, s_wait), (exception.Fault, exception.RetryAfter));
        Assert.Equal(ConnectionState.Connected, socket.State);
    }

    /// <summary>It is no fault of the client's, whose session goes on.</summary>
    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Limiter_ThatFails_IsAnsweredAsTheHandlerIs(bool speaksTs1)
    {
        var limiter = new FailingLimiter(isAsked: true);
        var own = new CountedLimiter(1);
        await using var server = await PlayServer.StartAsync(options =>
        {
            options.EnableDetailedErrors = true;
            options.RateLimitPerConnection = _ => own;
            options.RateLimitPerUser = _ => limiter;
        });
        await using var peer = await ConnectAsync(server, speaksTs1, "ada");

        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Sum([1, 2]));

        Assert.Equal((RemoteFault.HandlerFailed, "System.InvalidOperationException: Nobody counts today."), (exception.Fault, exception.Detail));
        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
        // What the other limiter had given is back.
        Assert.Equal(0, own.Held);
    }

    [Theory]
    [InlineData(nameof(TypedSocketServerOptions.RateLimitPerConnection))]
    [InlineData(nameof(TypedSocketServerOptions.RateLimitPerUser))]
    public async Task Option_ThatFails_EndsTheConnection_AndIsNamed(string option)
    {
        await using var server = await PlayServer.StartAsync(options =>
        {
            options.RateLimitPerConnection = _ => option == nameof(options.RateLimitPerConnection) ? throw new InvalidOperationException("No limiter today.") : null;
            options.RateLimitPerUser = _ => option == nameof(options.RateLimitPerUser) ? throw new InvalidOperationException("No limiter today.") : null;
        });
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Headers = new Dictionary<string, string> { [PlayServer.UserHeader] = "ada" } });

        // The client may hear that it is connected before it hears that it is not.
        var connecting = peer.Socket.ConnectAsync(Token);
        var ended = await peer.NextAsync<Disconnected>();
        await Record.ExceptionAsync(() => connecting);

        Assert.Equal(option, Assert.IsType<HandlerFault>(ended.Reason).Event);
    }

    [Fact]
    public async Task Limiter_ThatFailsWhenItIsDisposed_LeavesNothingElseBehind()
    {
        var shared = new CountedLimiter(1);
        await using var server = await PlayServer.StartAsync(
            options =>
            {
                options.RateLimitPerConnection = _ => new FailingLimiter(isAsked: false);
                options.RateLimitPerUser = _ => shared;
            },
            configureServices: services => services.AddSingleton<Booth>().AddTypedSockets().AddHub(IBoothServer.Contract.HandledBy<BoothHub>()));
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Headers = new Dictionary<string, string> { [PlayServer.UserHeader] = "ada" } });
        socket.Open(IBoothServer.Contract, new BoothClient());
        await socket.ConnectAsync(Token);

        await socket.CloseAsync();

        await server.Log.WaitForAsync("booth disposed");
        await shared.Disposed;
    }

    private static async Task<PlayPeer> ConnectAsync(PlayServer server, bool speaksTs1, string? user = null)
    {
        var headers = user is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [PlayServer.UserHeader] = user };
        var peer = new PlayPeer(server.Address, new TypedSocketOptions { Headers = headers });
        if (!speaksTs1)
        {
            peer.Socket.OpenDynamic("/play");
        }

        await peer.Socket.ConnectAsync(Token);
        return peer;
    }
}

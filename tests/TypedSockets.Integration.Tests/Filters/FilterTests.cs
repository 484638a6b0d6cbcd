using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Filters;

/// <summary>Filters around the events of hubs.</summary>
public sealed class FilterTests
{
    public static TheoryData<bool> Codecs { get; } = [true, false];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Filters_SeeTheEventItsArgumentsAndItsResult_InTheirOrder(bool speaksTs1)
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1);

        Assert.Equal(6, await peer.Server.Sum([1, 2, 3]));

        Assert.Equal(["outer before IPlayServer.Sum(System.Int32[])", "outer after IPlayServer.Sum = 6"], server.Services.GetRequiredService<OuterFilter>().Seen);
        Assert.Equal(["inner before IPlayServer.Sum(System.Int32[])", "inner after IPlayServer.Sum = 6"], server.Services.GetRequiredService<InnerFilter>().Seen);
    }

    [Fact]
    public async Task Context_KnowsWhoSentWhatToWhom()
    {
        await using var server = await StartAsync();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Headers = new Dictionary<string, string> { [PlayServer.UserHeader] = "ada" } });
        HubEventContext? seen = null;
        string? name = null;
        object? hub = null;
        server.Services.GetRequiredService<OuterFilter>().OnEventAsync = (context, next) =>
        {
            (seen, name, hub) = (context, context.GetArgument<string>("name"), context.Hub);
            Assert.Same(context.Services, context.Services);
            Assert.Throws<ArgumentException>(() => context.GetArgument<int>("name"));
            Assert.Throws<ArgumentException>(() => context.GetArgument<int>("nothing"));
            return next(context);
        };

        await peer.Server.Greet("bob", 7, Token);

        Assert.Equal(("IPlayServer", "Greet", "bob", "ada"), (seen!.Contract, seen.Name, name, seen.Connection.UserId));
        Assert.Equal(["name", "age"], seen.Shape!.Parameters);
        Assert.True(seen.ExpectsAnswer);
        Assert.IsType<PlayHub>(hub);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Filter_CanReplaceArgumentsResultsAndExceptions(bool speaksTs1)
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1);
        var filter = server.Services.GetRequiredService<InnerFilter>();

        filter.OnEventAsync = (context, next) =>
        {
            context.Arguments[0] = (int[])[20, 22];
            return next(context);
        };
        Assert.Equal(42, await peer.Server.Sum([1]));

        filter.OnEventAsync = async (context, next) =>
        {
            await next(context);
            context.Result = -(int)context.Result!;
        };
        Assert.Equal(-3, await peer.Server.Sum([1, 2]));

        filter.OnEventAsync = async (context, next) =>
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await next(context));
            throw new EventRefusedException(RemoteFault.Forbidden, exception.Message);
        };
        var refused = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Throw("as said"));
        Assert.Equal((RemoteFault.Forbidden, "as said"), (refused.Fault, refused.Detail));
        await server.Log.WaitForAsync("refused IPlayServer.Throw Forbidden");
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Filter_ThatDoesNotGoOn_AnswersItself(bool speaksTs1)
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1);
        var filter = server.Services.GetRequiredService<OuterFilter>();

        filter.OnEventAsync = (context, _) =>
        {
            Assert.Throws<ArgumentException>(() => context.Result = "no number");
            Assert.Throws<ArgumentException>(() => context.Result = null);
            context.Result = 7;
            return default;
        };
        Assert.Equal(7, await peer.Server.Sum([1, 2]));
        Assert.Empty(server.Services.GetRequiredService<InnerFilter>().Seen);

        // An event without a result needs none, and one with needs it.
        filter.OnEventAsync = (_, _) => default;
        await peer.Server.Enter("room");
        Assert.Equal(RemoteFault.HandlerFailed, (await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Sum([1, 2]))).Fault);
    }

    [Fact]
    public async Task Filter_ThatThrows_IsAnsweredAsTheHandlerIs()
    {
        await using var server = await StartAsync(options => options.EnableDetailedErrors = true);
        await using var peer = await server.ConnectAsync();
        var filter = server.Services.GetRequiredService<OuterFilter>();

        // At once, and later.
        filter.OnEventAsync = (_, _) => throw new InvalidOperationException("The filter is broken.");
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Sum([1]));
        Assert.Equal((RemoteFault.HandlerFailed, "System.InvalidOperationException: The filter is broken."), (exception.Fault, exception.Detail));
        filter.OnEventAsync = async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("The filter is broken.");
        };
        Assert.Equal(RemoteFault.HandlerFailed, (await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Work("nothing"))).Fault);
        peer.Server.Say("room", "lost");

        filter.OnEventAsync = null;
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    /// <summary>One event at a time, with filters as without.</summary>
    [Fact]
    public async Task Filter_ThatWaits_HoldsTheEventsBehind()
    {
        await using var server = await StartAsync();
        await using var peer = await server.ConnectAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var filter = server.Services.GetRequiredService<OuterFilter>();
        filter.OnEventAsync = async (context, next) =>
        {
            if (context.Name == "Enter")
            {
                server.Log.Add("waits");
                await gate.Task;
            }

            await next(context);
        };

        var entering = peer.Server.Enter("room");
        await server.Log.WaitForAsync("waits");
        peer.Server.Say("room", "hello");
        Assert.DoesNotContain(filter.Seen, entry => entry.StartsWith("outer before IPlayServer.Say", StringComparison.Ordinal));
        gate.SetResult();
        await entering;

        Assert.Equal("hello", await peer.NextSaidAsync());
    }

    [Fact]
    public async Task Filters_StandAroundConnectingAndDisconnecting()
    {
        await using var server = await StartAsync();
        var peer = await server.ConnectAsync();
        await server.Log.WaitForAsync("inner connected /play");
        await server.Log.WaitForAsync("outer connected /play");

        await peer.DisposeAsync();

        await server.Log.WaitForAsync("outer disconnected ClientDisconnect");
        await server.Log.WaitForAsync("inner disconnected ClientDisconnect");
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Attributes_AddFiltersToOneHub_AndToOneEvent(bool speaksTs1)
    {
        await using var server = await PlayServer.StartAsync(configureServices: services => services
            .AddSingleton<HubOnlyFilter>().AddSingleton<EventOnlyFilter>()
            .AddTypedSockets().AddHub(ISieveServer.Contract.HandledBy<SieveHub>()));
        var (ofHub, ofEvent) = (server.Services.GetRequiredService<HubOnlyFilter>(), server.Services.GetRequiredService<EventOnlyFilter>());
        await using var peer = await ConnectAsync(server, speaksTs1);
        await using var socket = new TypedSocket(server.Address);
        var sieve = socket.Open(ISieveServer.Contract, new SieveClient());
        await socket.ConnectAsync(Token);

        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(8, await sieve.Twice(4));
        Assert.Equal(4, await sieve.Half(8));
        Assert.Null(await sieve.Half(null));
        await sieve.Touch();

        Assert.Equal(
            ["ISieveServer.Twice(4)", "ISieveServer.Half(8)", "ISieveServer.Half()", "ISieveServer.Touch()"],
            ofHub.Seen.Where(entry => entry.Contains("before", StringComparison.Ordinal)).Select(entry => entry["hub before ".Length..]));
        Assert.Equal(["event before ISieveServer.Half(8)", "event after ISieveServer.Half = 4", "event before ISieveServer.Half()", "event after ISieveServer.Half = nothing"], ofEvent.Seen);
    }

    [Fact]
    public async Task Filters_SeeEventsWithoutAContractToo()
    {
        await using var server = await PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddFilter<OuterFilter>().AddDynamicHub<CustomHub>("/custom"));
        var filter = server.Services.GetRequiredService<OuterFilter>();
        await using var socket = new TypedSocket(server.Address);
        var custom = socket.OpenDynamic("/custom");
        await socket.ConnectAsync(Token);

        Assert.Equal("7", (await custom.EmitWithAck("echo-ack", [7], Token))[0].Json.GetRawText());
        Assert.Single(filter.Seen, entry => entry.StartsWith("outer before CustomHub.echo-ack(", StringComparison.Ordinal));

        filter.OnEventAsync = (context, _) => throw new EventRefusedException(RemoteFault.Forbidden, context.Shape is null ? "no contract" : null) { RetryAfter = TimeSpan.FromSeconds(2) };
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("echo-ack", [7], Token));
        Assert.Equal((RemoteFault.Forbidden, "no contract", TimeSpan.FromSeconds(2)), (exception.Fault, exception.Detail, exception.RetryAfter));
    }

    /// <summary>A filter has no acknowledgement to give, so whoever waits is told that there is none.</summary>
    [Fact]
    public async Task Filter_ThatKeepsAnEventWithoutAContract_RefusesIt()
    {
        await using var server = await PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddFilter<OuterFilter>().AddDynamicHub<CustomHub>("/custom"));
        await using var socket = new TypedSocket(server.Address);
        var custom = socket.OpenDynamic("/custom");
        await socket.ConnectAsync(Token);
        var filter = server.Services.GetRequiredService<OuterFilter>();

        filter.OnEventAsync = (context, _) =>
        {
            Assert.Throws<NotSupportedException>(() => context.Arguments[0] = (DynamicValue)"another");
            return default;
        };
        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("echo-ack", [7], Token));
        Assert.Equal((RemoteFault.NotSupported, null), (exception.Fault, exception.Detail));

        filter.OnEventAsync = null;
        Assert.Equal("7", (await custom.EmitWithAck("echo-ack", [7], Token))[0].Json.GetRawText());
    }

    private static Task<PlayServer> StartAsync(Action<TypedSocketServerOptions>? configure = null) =>
        PlayServer.StartAsync(configure, configureServices: services => services.AddTypedSockets().AddFilter<OuterFilter>().AddFilter<InnerFilter>());

    private static async Task<PlayPeer> ConnectAsync(PlayServer server, bool speaksTs1)
    {
        var peer = new PlayPeer(server.Address);
        if (!speaksTs1)
        {
            peer.Socket.OpenDynamic("/play");
        }

        await peer.Socket.ConnectAsync(Token);
        return peer;
    }

    private sealed class SieveClient : ISieveClient
    {
        public void Told(string text)
        {
        }

        public ValueTask<string> Asked(string question) => new(question);
    }
}

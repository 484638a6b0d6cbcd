using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Filters;

/// <summary>Filters around what a client sends and handles.</summary>
public sealed class ClientFilterTests
{
    public static TheoryData<bool> Codecs { get; } = [true, false];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Filters_SeeWhatIsSentAndWhatComes_InTheirOrder(bool speaksTs1)
    {
        var log = new ConcurrentQueue<string>();
        await using var server = await PlayServer.StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1, new Filter("outer", log), new Filter("inner", log));

        await peer.Server.Enter("room");
        peer.Server.Say("room", "hello");
        Assert.Equal("hello", await peer.NextSaidAsync());

        Assert.Equal(
            [
                "outer request IPlayServer.Enter(room)", "inner request IPlayServer.Enter(room)",
                "outer send IPlayServer.Say(room, hello)", "inner send IPlayServer.Say(room, hello)",
                "outer event IPlayServer.Said(hello)", "inner event IPlayServer.Said(hello)",
            ],
            log);
    }

    [Fact]
    public async Task Request_CanBeTriedAgain_AndItsResultReplaced()
    {
        var sent = 0;
        var filter = new Filter
        {
            OnRequestAsync = async (context, next) =>
            {
                try
                {
                    sent++;
                    await next(context);
                }
                catch (RemoteException)
                {
                    sent++;
                    await next(context);
                }

                if (context.Result is int sum)
                {
                    Assert.Equal("/play", context.Namespace);
                    context.Result = sum + 1;
                }
            },
        };
        await using var server = await PlayServer.StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1: true, filter);

        await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Throw("twice"));
        Assert.Equal(2, sent);
        Assert.Equal(4, await peer.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Request_CanBeAnsweredHere_AndASendDropped()
    {
        var filter = new Filter
        {
            OnRequestAsync = (context, next) =>
            {
                Assert.Throws<NotSupportedException>(() => context.Arguments[0] = "another");
                if (context.Name != "Sum")
                {
                    return next(context);
                }

                context.Result = -1;
                return default;
            },
            SendsEvent = context => context.GetArgument<string>("text") != "secret",
        };
        await using var server = await PlayServer.StartAsync();
        await using var peer = await ConnectAsync(server, speaksTs1: true, filter);

        Assert.Equal(-1, await peer.Server.Sum([1, 2]));
        await peer.Server.Enter("room");
        peer.Server.Say("room", "secret");
        peer.Server.Say("room", "hello");
        Assert.Equal("hello", await peer.NextSaidAsync());
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Event_CanBeRefused_AndTheServerHearsIt(bool speaksTs1)
    {
        var filter = new Filter { OnEventAsync = (_, _) => throw new EventRefusedException(RemoteFault.Forbidden, "Not now.") };
        await using var server = await PlayServer.StartAsync(options => options.EnableDetailedErrors = true);
        await using var peer = await ConnectAsync(server, speaksTs1, filter);

        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.AskMeBack("why"));

        Assert.Contains("'IPlayServer.Answer' was refused: the user may not send it. Not now.", exception.Detail, StringComparison.Ordinal);
        Assert.Equal(new EventRefused("IPlayServer.Answer", "Not now.") { Fault = RemoteFault.Forbidden }, await peer.NextAsync<EventRefused>());
    }

    [Fact]
    public async Task Send_WhileThereIsNoConnection_ThrowsAsWithoutFilters()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Filters = [new Filter()] });

        Assert.Throws<NotConnectedException>(() => peer.Server.Say("room", "hello"));
        await Assert.ThrowsAsync<NotConnectedException>(async () => await peer.Server.Sum([1]));
        await Assert.ThrowsAsync<NotConnectedException>(async () => await peer.Server.Enter("room"));
    }

    [Fact]
    public async Task Filters_SeeEventsWithoutAContractToo()
    {
        var log = new ConcurrentQueue<string>();
        await using var server = await PlayServer.StartAsync();
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Filters = [new Filter("one", log)] });
        var more = peer.Socket.OpenDynamic("/play");
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = more.On("heard", e => heard.TrySetResult(e.Arguments[0].Json.GetString()!));
        await peer.Socket.ConnectAsync(Token);

        more.Emit("shout", "hello");
        Assert.Equal("hello", await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Empty(await more.EmitWithAck("Enter", ["room"], Token));

        Assert.Equal(["one send IPlayServer.shout", "one event IPlayServer.heard", "one request IPlayServer.Enter"], log.Select(entry => entry[..entry.IndexOf('(', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Filter_ThatKeepsAnEventWithoutAContract_RefusesIt()
    {
        await using var server = await PlayServer.StartAsync(options => options.EnableDetailedErrors = true, configureServices: services => services.AddTypedSockets().AddDynamicHub<CustomHub>("/custom"));
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Filters = [new Filter { OnEventAsync = (_, _) => default }] });
        var custom = socket.OpenDynamic("/custom");
        using var registration = custom.On("ask", e => e.Acknowledge("never"));
        await socket.ConnectAsync(Token);

        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await custom.EmitWithAck("ask-me", [7], Token));

        Assert.Equal(RemoteFault.HandlerFailed, exception.Fault);
        Assert.Contains("'CustomHub.ask'", exception.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Timeout", exception.Detail, StringComparison.Ordinal);
    }

    private static async Task<PlayPeer> ConnectAsync(PlayServer server, bool speaksTs1, params Filter[] filters)
    {
        var peer = new PlayPeer(server.Address, new TypedSocketOptions { Filters = filters });
        if (!speaksTs1)
        {
            peer.Socket.OpenDynamic("/play");
        }

        await peer.Socket.ConnectAsync(Token);
        return peer;
    }

    private sealed class Filter(string name = "", ConcurrentQueue<string>? log = null) : IClientFilter
    {
        public Func<ClientEventContext, Func<ClientEventContext, ValueTask>, ValueTask>? OnEventAsync { get; init; }

        public Func<ClientEventContext, Func<ClientEventContext, ValueTask>, ValueTask>? OnRequestAsync { get; init; }

        public Func<ClientEventContext, bool> SendsEvent { get; init; } = _ => true;

        public ValueTask OnEvent(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
        {
            Note("event", context);
            return OnEventAsync is { } act ? act(context, next) : next(context);
        }

        public void OnSend(ClientEventContext context, Action<ClientEventContext> next)
        {
            Note("send", context);
            if (SendsEvent(context))
            {
                next(context);
            }
        }

        public ValueTask OnRequest(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
        {
            Note("request", context);
            return OnRequestAsync is { } act ? act(context, next) : next(context);
        }

        private void Note(string what, ClientEventContext context) => log?.Enqueue($"{name} {what} {context}({string.Join(", ", context.Arguments)})");
    }
}

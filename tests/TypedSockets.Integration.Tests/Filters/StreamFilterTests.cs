using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Events;
using TypedSockets.Integration.Tests.Access;
using TypedSockets.Integration.Tests.Streams;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Filters;

/// <summary>Filters around events that stream.</summary>
public sealed class StreamFilterTests : IStreamClient
{
    private readonly List<string> _seen = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_OfEveryKind_GoThroughFiltersOfBothEnds()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Filters = [new Filter(_seen)] });
        var streams = socket.Open(IStreamServer.Contract, this);
        await socket.ConnectAsync(Token);

        Assert.Equal([0, 1, 2], await ListAsync(streams.History("room", 3).Select(line => (int)line.Id)));
        Assert.Equal([4, 6], await ListAsync(streams.Add(Numbers(1, 2), Numbers(3, 4))));
        await streams.TakeSome(1, Numbers(1, 2));
        Assert.Equal(5 + 4, await streams.AskForCountdown(5, 2));
        Assert.Equal("0-1-2", await streams.GiveParts(3));

        var seen = server.Services.GetRequiredService<OuterFilter>().Seen.Where(entry => entry.StartsWith("outer before", StringComparison.Ordinal)).Select(entry => entry["outer before IStreamServer.".Length..entry.IndexOf('(', StringComparison.Ordinal)]);
        Assert.Equal(["History", "Add", "TakeSome", "AskForCountdown", "GiveParts"], seen);
        Assert.Equal(["request History 2", "request Add 2", "request TakeSome 2", "request AskForCountdown 2", "event Countdown 1", "request GiveParts 1", "event Join 2"], _seen);
    }

    /// <summary>Streams stand behind the other arguments, wherever the event has them.</summary>
    [Fact]
    public async Task Filter_SeesAStreamAmongTheArguments_AndCanReplaceTheOneThatIsAnswered()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        var streams = socket.Open(IStreamServer.Contract, this);
        await socket.ConnectAsync(Token);
        server.Services.GetRequiredService<OuterFilter>().OnEventAsync = async (context, next) =>
        {
            if (context.Name == "Sum")
            {
                Assert.Equal(["name", "numbers"], context.Shape!.Parameters);
                context.Arguments[1] = context.GetArgument<IAsyncEnumerable<int>>("numbers").Select(number => number * 10);
            }

            await next(context);
            if (context.Result is IAsyncEnumerable<Line> lines)
            {
                context.Result = lines.Where(line => line.Id > 0);
            }
        };

        Assert.Equal(60, await streams.Sum("sum", Numbers(1, 2, 3), Token));
        Assert.Equal([1, 2], await ListAsync(streams.History("room", 3).Select(line => (int)line.Id)));
    }

    [Fact]
    public async Task Filter_CanRefuseEventsThatStream_AndTheConnectionStays()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        var streams = socket.Open(IStreamServer.Contract, this);
        await socket.ConnectAsync(Token);
        var filter = server.Services.GetRequiredService<OuterFilter>();
        filter.OnEventAsync = async (_, _) =>
        {
            await Task.Yield();
            throw new EventRefusedException(RemoteFault.Forbidden, "No streams.");
        };

        // More often than there may be streams: what was refused holds none.
        for (var time = 0; time < 200; time++)
        {
            Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(() => ListAsync(streams.History("room", 3)))).Fault);
            Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(async () => await streams.Sum("sum", Numbers(1, 2, 3), Token))).Fault);
        }

        filter.OnEventAsync = null;
        Assert.Equal([0], await ListAsync(streams.History("room", 1).Select(line => (int)line.Id)));
    }

    /// <summary>Whoever reads never gets the stream, so it is closed for them: the server produces no more.</summary>
    [Fact]
    public async Task ClientFilter_ThatFailsBehindAStream_ClosesIt()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSocketOptions { Filters = [new FailingFilter()] });

        await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(peer.Server.CountAndWait("count", 3)));

        await peer.Log["count"].WhenDisposedAsync();
        Assert.True(peer.Log["count"].WasCancelled);
        Assert.Equal(7, await peer.Server.Ping(7));
    }

    /// <summary>A limit refuses an event before there is room for its streams.</summary>
    [Fact]
    public async Task Limit_CanRefuseEventsThatStream_AndTheConnectionStays()
    {
        var limiter = new CountedLimiter(0);
        await using var server = await StartAsync(options => options.RateLimitPerConnection = _ => limiter);
        await using var socket = new TypedSocket(server.Address);
        var streams = socket.Open(IStreamServer.Contract, this);
        await socket.ConnectAsync(Token);

        for (var time = 0; time < 200; time++)
        {
            Assert.Equal(RemoteFault.RateLimited, (await Assert.ThrowsAsync<RemoteException>(() => ListAsync(streams.History("room", 3)))).Fault);
            Assert.Equal(RemoteFault.RateLimited, (await Assert.ThrowsAsync<RemoteException>(async () => await streams.Sum("sum", Numbers(1, 2, 3), Token))).Fault);
        }

        limiter.Allow(2);
        Assert.Equal([0], await ListAsync(streams.History("room", 1).Select(line => (int)line.Id)));
        Assert.Equal(6, await streams.Sum("sum", Numbers(1, 2, 3), Token));
        // The answer leaves before the permit is given back.
        Assert.True(SpinWait.SpinUntil(() => limiter.Held == 0, TimeSpan.FromSeconds(30)));
    }

    public IAsyncEnumerable<int> Countdown(int from) => Numbers([.. Enumerable.Range(0, from).Select(number => from - number)]);

    public async ValueTask<string> Join(IAsyncEnumerable<string> parts, string separator) => string.Join(separator, await ListAsync(parts));

    private static Task<PlayServer> StartAsync(Action<TypedSocketServerOptions>? configure = null) => PlayServer.StartAsync(configure, configureServices: services =>
        services.AddSingleton<StreamLog>().AddTypedSockets().AddFilter<OuterFilter>().AddHub(IStreamServer.Contract.HandledBy<StreamHub>()));

    private static async IAsyncEnumerable<int> Numbers(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await Task.Yield();
            yield return number;
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items) => await items.ToListAsync(Token);

    private sealed class FailingFilter : IClientFilter
    {
        public async ValueTask OnRequest(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
        {
            await next(context);
            if (context.Result is IAsyncEnumerator<int> numbers)
            {
                // With the first item the server's end has begun.
                Assert.True(await numbers.MoveNextAsync());
                throw new InvalidOperationException("The filter is broken.");
            }
        }
    }

    private sealed class Filter(List<string> seen) : IClientFilter
    {
        public async ValueTask OnRequest(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
        {
            seen.Add($"request {context.Name} {context.Arguments.Count}");
            Assert.Equal(context.Shape!.Parameters.Count, context.Arguments.Count);
            Assert.Equal(context.Name is "TakeSome" ? 1 : context.Name is "Add" ? 2 : 0, context.Arguments.OfType<StreamSource>().Count());
            await next(context);
        }

        public ValueTask OnEvent(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
        {
            seen.Add($"event {context.Name} {context.Arguments.Count}");
            Assert.Equal(context.Shape!.Parameters.Count, context.Arguments.Count);
            return next(context);
        }
    }
}

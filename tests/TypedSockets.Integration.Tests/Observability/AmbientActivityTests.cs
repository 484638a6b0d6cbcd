using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Activities that are somebody else's: those in which a session is opened, and those that nobody records.</summary>
[Collection(nameof(ListeningTests))]
public sealed class AmbientActivityTests
{
    private static readonly ActivitySource s_program = new("Program");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TransportKind, bool, ActivitySamplingResult?> Openings { get; } = new()
    {
        { TransportKind.WebSocket, true, null },
        { TransportKind.WebSocket, true, ActivitySamplingResult.None },
        { TransportKind.WebSocket, false, null },
        { TransportKind.WebSocket, false, ActivitySamplingResult.None },
        { TransportKind.Polling, false, null },
        { TransportKind.Polling, false, ActivitySamplingResult.None },
    };

    /// <summary>It used to be current in every handler of the session, for ever, unless somebody recorded the handler's own.</summary>
    [Theory]
    [MemberData(nameof(Openings))]
    public async Task Handler_OfASessionThatWasOpenedInAnActivity_DoesNotSeeIt(TransportKind transport, bool isHijacked, ActivitySamplingResult? sample)
    {
        var requests = new ConcurrentQueue<Activity?>();
        await using var server = await PlayServer.StartAsync(
            handle: isHijacked ? null : (context, next) =>
            {
                requests.Enqueue(Activity.Current);
                return next(context);
            },
            configureServices: services => services.AddTypedSockets().AddFilter<AmbientFilter>());
        using var others = Listen(static source => source.Name is "Program" or "Microsoft.AspNetCore", static (ref _) => ActivitySamplingResult.AllDataAndRecorded);
        using var ours = sample is { } result ? Listen(static source => source.Name == "TypedSockets", (ref _) => result) : null;
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Transports = [transport] });
        var onClient = new ConcurrentQueue<Activity?>();
        peer.OnAnswer = (question, _) =>
        {
            onClient.Enqueue(Activity.Current);
            return new(question);
        };
        using (var opening = s_program.StartActivity("open"))
        {
            Assert.NotNull(opening);
            await peer.Socket.ConnectAsync(Token);
        }

        await peer.Server.AskMeBack("why");
        Assert.Equal([null], server.Services.GetRequiredService<AmbientFilter>().Seen);
        Assert.Equal([null], onClient);
        Assert.All(requests, Assert.NotNull);
        Assert.Equal(isHijacked, requests.IsEmpty);
    }

    [Fact]
    public async Task Handshake_IsTriedAgain_IsNoPartOfTheCallToConnect()
    {
        var isFirst = true;
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            if (!isFirst)
            {
                return next(context);
            }

            isFirst = false;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        using var listener = Listen(static source => source.Name == "Program", static (ref _) => ActivitySamplingResult.AllDataAndRecorded);
        using var opening = s_program.StartActivity("open");
        var current = new ConcurrentQueue<Activity?>();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions
        {
            TryAllTransports = false,
            Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(1) },
            AccessTokenProvider = _ =>
            {
                current.Enqueue(Activity.Current);
                return new("token");
            },
        });
        Assert.NotNull(opening);
        Assert.Equal([opening, null], current);
        Assert.Same(opening, Activity.Current);
    }

    /// <summary>As with HTTP: what this end has decided not to record is not the beginning of a trace at the other.</summary>
    [Fact]
    public async Task Trace_IsNotRecorded_TheOtherEndIsToldOfItAllTheSame()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var parents = new ConcurrentQueue<(ActivityKind Kind, string Name, ActivityContext Parent)>();
        using var listener = Listen(static source => source.Name == "TypedSockets", (ref options) =>
        {
            parents.Enqueue((options.Kind, options.Name, options.Parent));
            return ActivitySamplingResult.None;
        });
        using var unrecorded = new Activity("unrecorded").Start();
        peer.Server.Say("nowhere", "one way");
        Assert.Equal("x", (await peer.Server.Greet("x", 1, Token)).Name);
        server.Services.GetRequiredService<HubContext<PlayHub, IPlayClient>>().Clients.All.Said("broadcast");
        Assert.Equal("broadcast", await peer.NextSaidAsync());
        foreach (var name in (string[])["IPlayServer.Say", "IPlayServer.Greet", "IPlayServer.Said"])
        {
            var parent = Assert.Single(parents, seen => seen.Kind is ActivityKind.Server && seen.Name == name).Parent;
            Assert.Equal((unrecorded.TraceId, unrecorded.SpanId, ActivityTraceFlags.None, true), (parent.TraceId, parent.SpanId, parent.TraceFlags, parent.IsRemote));
        }
    }

    private static ActivityListener Listen(Func<ActivitySource, bool> listensTo, SampleActivity<ActivityContext> sample)
    {
        var listener = new ActivityListener { ShouldListenTo = listensTo, Sample = sample };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

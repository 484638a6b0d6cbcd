using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>What the meters of both ends say, each apart from those of other hosts and tests.</summary>
public sealed class MetricTests : IDisposable
{
    private readonly TestMeterFactory _clients = new();
    private readonly MetricRecorder _client;

    public MetricTests() => _client = new MetricRecorder(_clients);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TypedSocketOptions Measured => new() { MeterFactory = _clients };

    public void Dispose()
    {
        _client.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task Session_OpensAndEnds_IsCountedAndSaysHowLongAndWhy()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        var ann = await server.ConnectAsync(Measured with { Transports = [TransportKind.Polling] });
        await using var ben = await server.ConnectAsync(Measured);
        foreach (var (recorder, end) in ((MetricRecorder, string)[])[(measured, "server"), (_client, "client")])
        {
            Assert.Equal(1, recorder.Read($"typedsockets.{end}.sessions", "typedsockets.transport=polling", "typedsockets.codec=ts1"));
            Assert.Equal(1, recorder.Read($"typedsockets.{end}.sessions", "typedsockets.transport=websocket", "typedsockets.codec=ts1"));
            Assert.Equal(2, recorder.Read($"typedsockets.{end}.sessions"));
            Assert.Equal(0, recorder.Read($"typedsockets.{end}.queue.size"));
            await recorder.WhenAsync(() => recorder.Sum($"typedsockets.{end}.handshakes", "typedsockets.outcome=succeeded") == 2);
            Assert.Equal(1, recorder.Sum($"typedsockets.{end}.handshakes", "typedsockets.outcome=succeeded", "typedsockets.transport=polling"));
        }

        var id = await ann.Server.WhoAmI();
        await ann.DisposeAsync();
        await server.Log.WaitForEndAsync(id);
        foreach (var (recorder, end) in ((MetricRecorder, string)[])[(measured, "server"), (_client, "client")])
        {
            await recorder.WhenAsync(() => Ended(recorder, end).Length == 1);
            Assert.True(Ended(recorder, end)[0].HasAll(["typedsockets.transport=polling", "typedsockets.codec=ts1", "typedsockets.disconnect.reason=client_disconnect"]));
            Assert.InRange(Ended(recorder, end)[0].Value, 0, 60);
            Assert.Equal(1, recorder.Read($"typedsockets.{end}.sessions"));
        }
    }

    [Fact]
    public async Task Session_MovesToAWebSocket_IsCountedThere()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        await using var peer = await server.ConnectAsync(Measured with { Transports = [TransportKind.Polling, TransportKind.WebSocket] });
        await peer.NextAsync<Upgraded>();
        await server.Log.WaitForAsync("upgraded Polling WebSocket");
        foreach (var (recorder, end) in ((MetricRecorder, string)[])[(measured, "server"), (_client, "client")])
        {
            Assert.Equal(1, recorder.Sum($"typedsockets.{end}.upgrades", "typedsockets.outcome=succeeded"));
            Assert.Equal(1, recorder.Read($"typedsockets.{end}.sessions", "typedsockets.transport=websocket"));
            Assert.Equal(1, recorder.Read($"typedsockets.{end}.sessions"));
        }
    }

    [Fact]
    public async Task Upgrade_Fails_IsCountedWithTheReason()
    {
        await using var server = await PlayServer.StartAsync(handle: (context, next) =>
        {
            context.Response.StatusCode = context.WebSockets.IsWebSocketRequest ? 403 : 200;
            return context.WebSockets.IsWebSocketRequest ? Task.CompletedTask : next(context);
        });
        await using var peer = await server.ConnectAsync(Measured with { Transports = [TransportKind.Polling, TransportKind.WebSocket] });
        await peer.NextAsync<UpgradeFailed>();
        Assert.Equal(1, _client.Sum("typedsockets.client.upgrades", "typedsockets.outcome=failed", "error.type=handshake_rejected"));
    }

    [Fact]
    public async Task Events_BothWays_AreCountedByContractEventAndDirection()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        await using var peer = await server.ConnectAsync(Measured);
        await peer.Server.AskMeBack("why");
        await peer.Server.Enter("a");
        peer.Server.Say("a", "hello");
        await peer.NextSaidAsync();

        foreach (var method in (string[])["AskMeBack", "Enter", "Say"])
        {
            await AssertEventAsync(_client, "client", method, "transmit");
            await AssertEventAsync(measured, "server", method, "receive");
            await measured.WhenAsync(() => measured.Count("typedsockets.server.dispatch.duration", "typedsockets.contract=IPlayServer", $"rpc.method=IPlayServer.{method}") == 1);
        }

        foreach (var method in (string[])["Answer", "Said"])
        {
            await AssertEventAsync(measured, "server", method, "transmit");
            await AssertEventAsync(_client, "client", method, "receive");
        }

        await _client.WhenAsync(() => _client.Count("typedsockets.client.request.duration", "rpc.method=IPlayServer.AskMeBack") == 1);
        await measured.WhenAsync(() => measured.Count("typedsockets.server.request.duration", "typedsockets.contract=IPlayServer", "rpc.method=IPlayServer.Answer") == 1);
        await _client.WhenAsync(() => _client.Count("typedsockets.client.dispatch.duration", "rpc.method=IPlayServer.Answer") == 1);
        Assert.Equal(0, _client.Sum("typedsockets.client.pending_requests"));
        Assert.Equal(4, _client.Count("typedsockets.client.pending_requests"));
        foreach (var (recorder, end) in ((MetricRecorder, string)[])[(measured, "server"), (_client, "client")])
        {
            Assert.InRange(recorder.Sum($"typedsockets.{end}.io", "network.io.direction=transmit"), 20, 500);
            Assert.InRange(recorder.Sum($"typedsockets.{end}.io", "network.io.direction=receive"), 20, 500);
        }
    }

    [Fact]
    public async Task Broadcast_ToMany_IsCountedOnceWithItsDeliveries()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        await using var dynamic = new PlayPeer(server.Address);
        dynamic.Socket.OpenDynamic("/play");
        await dynamic.Socket.ConnectAsync(Token);
        using var measured = Record(server);
        await ann.Server.SayTo("all", "hello");
        await ann.Server.SayTo("others", "hello");
        Assert.Equal([3, 2], measured.Measurements.Where(one => one.Instrument == "typedsockets.server.events" && one.HasAll(["rpc.method=IPlayServer.Said", "network.io.direction=transmit"])).Select(one => one.Value));
    }

    /// <summary>JSON has two bytes for each quotation mark, so the event is too large in the codec that comes second.</summary>
    [Fact]
    public async Task Broadcast_FailsHalfway_WhatWasDeliveredIsCounted()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxClientPayloadBytes = 4_000);
        await using var ann = await server.ConnectAsync();
        await using var dynamic = new PlayPeer(server.Address);
        dynamic.Socket.OpenDynamic("/play");
        await dynamic.Socket.ConnectAsync(Token);
        using var measured = Record(server);
        var text = new string('"', 3_000);
        Assert.Throws<PayloadTooLargeException>(() => server.Services.GetRequiredService<HubContext<PlayHub, IPlayClient>>().Clients.All.Said(text));
        Assert.Equal(text, await ann.NextSaidAsync());
        Assert.Equal(1, measured.Sum("typedsockets.server.events", "rpc.method=IPlayServer.Said", "network.io.direction=transmit"));
        Assert.InRange(measured.Sum("typedsockets.server.io", "network.io.direction=transmit"), 3_000, 3_100);
    }

    [Fact]
    public async Task Answers_ThatAreFaults_AreBytesThatWereSent()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        using var measured = Record(server);
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("it").AsTask());
        await measured.WhenAsync(() => measured.Sum("typedsockets.server.io", "network.io.direction=transmit") > 0);
    }

    [Fact]
    public async Task Ask_ManyAreAsked_EachAnswerIsMeasuredAsThatOfARequest()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        ben.OnAnswer = (_, _) => throw new NotSupportedException();
        using var measured = Record(server);
        var clients = server.Services.GetRequiredService<HubContext<PlayHub, IPlayClient>>().Clients;
        Assert.Equal(2, await clients.All.Ask(client => client.Answer("who?"), Token).CountAsync(Token));
        Assert.Equal(2, measured.Sum("typedsockets.server.events", "rpc.method=IPlayServer.Answer", "network.io.direction=transmit"));
        await measured.WhenAsync(() => measured.Count("typedsockets.server.request.duration", "rpc.method=IPlayServer.Answer") == 2);
        Assert.Equal(1, measured.Count("typedsockets.server.request.duration", "rpc.method=IPlayServer.Answer", "error.type=handler_failed"));
        Assert.Equal((4, 0), (measured.Count("typedsockets.server.pending_requests", "rpc.method=IPlayServer.Answer"), measured.Sum("typedsockets.server.pending_requests")));
    }

    [Fact]
    public async Task Request_Fails_SaysHow()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        await using var peer = await server.ConnectAsync(Measured);
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("secret").AsTask());
        await measured.WhenAsync(() => measured.Sum("typedsockets.server.handler.failures", "typedsockets.contract=IPlayServer", "rpc.method=IPlayServer.Throw", "error.type=System.InvalidOperationException") == 1);
        await _client.WhenAsync(() => _client.Count("typedsockets.client.request.duration", "rpc.method=IPlayServer.Throw", "error.type=handler_failed") == 1);
        peer.OnAnswer = (_, _) => throw new NotSupportedException();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.AskMeBack("why").AsTask());
        await _client.WhenAsync(() => _client.Sum("typedsockets.client.handler.failures", "rpc.method=IPlayServer.Answer", "error.type=System.NotSupportedException") == 1);
        peer.OnAnswer = (_, _) => throw new EventRefusedException(RemoteFault.Forbidden);
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.AskMeBack("why").AsTask());
        await _client.WhenAsync(() => _client.Sum("typedsockets.client.refused_events", "rpc.method=IPlayServer.Answer", "error.type=forbidden") == 1);
        Assert.Equal(1, _client.Sum("typedsockets.client.handler.failures"));
    }

    [Fact]
    public async Task Handshake_IsRefused_IsCountedWithWhyAndTheStatus()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxConnections = 1);
        using var measured = Record(server);
        await using var peer = await server.ConnectAsync();
        await using var late = new PlayPeer(server.Address, Measured with { Reconnection = new ReconnectionOptions { MaxAttempts = 1 }, TryAllTransports = false });
        await Assert.ThrowsAsync<DisconnectedException>(() => late.Socket.ConnectAsync(Token));
        Assert.Equal(1, measured.Sum("typedsockets.server.handshakes", "typedsockets.outcome=failed", "error.type=limit_reached", "http.response.status_code=503"));
        Assert.Equal(1, _client.Sum("typedsockets.client.handshakes", "typedsockets.outcome=failed", "error.type=handshake_rejected", "http.response.status_code=503"));
    }

    /// <summary>The session is open before anybody knows that there is nothing to do with it.</summary>
    [Fact]
    public async Task Handshake_ContractsDoNotMatch_HasSucceededOnBothEnds()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        await using var socket = new TypedSocket(server.Address, Measured with { Transports = [TransportKind.WebSocket], Reconnection = new ReconnectionOptions { Enabled = false } });
        socket.Open(IQuietServer.Contract, new QuietClient());
        Assert.IsType<ContractMismatch>((await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(Token))).Reason);
        foreach (var (recorder, end) in ((MetricRecorder, string)[])[(measured, "server"), (_client, "client")])
        {
            await recorder.WhenAsync(() => Ended(recorder, end).Length == 1);
            Assert.Equal(1, recorder.Sum($"typedsockets.{end}.handshakes", "typedsockets.outcome=succeeded", "typedsockets.transport=websocket"));
            Assert.Equal(1, recorder.Sum($"typedsockets.{end}.handshakes"));
        }
    }

    [Fact]
    public async Task Request_OfAnOpenSession_IsRefused_IsNoHandshake()
    {
        await using var server = await PlayServer.StartAsync();
        using var measured = Record(server);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        var open = JsonElement.Parse((await http.GetStringAsync("/socket.io/?EIO=4&transport=polling", Token))[1..]);
        foreach (var query in (string[])["EIO=4&transport=websocket", "EIO=3&transport=polling", "EIO=4&transport=none"])
        {
            using var answer = await http.GetAsync($"/socket.io/?{query}&sid={open.GetProperty("sid").GetString()}", Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(1, measured.Sum("typedsockets.server.handshakes"));
    }

    /// <summary>What a stranger sends must not become a tag: each value would be kept for ever by whoever collects them.</summary>
    [Fact]
    public async Task Tags_PeerInventsNames_NoneOfThemBecomesOne()
    {
        const string Invented = "invented";
        await using var server = await PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddHub(IQuietServer.Contract.HandledBy<QuietHub>()));
        using var measured = Record(server);
        await using var socket = new TypedSocket(server.Address);
        var play = socket.OpenDynamic("/play");
        var quiet = socket.OpenDynamic("/quiet");
        await socket.ConnectAsync(Token);
        for (var index = 0; index < 20; index++)
        {
            play.Emit($"{Invented}{index}");
            quiet.Emit($"{Invented}{index}", Invented);
            quiet.Emit("Hush", Invented);
            await Assert.ThrowsAsync<RemoteException>(() => play.EmitWithAck($"{Invented}{index}", [], Token).AsTask());
        }

        await measured.WhenAsync(() => measured.Sum("typedsockets.server.refused_events", "typedsockets.contract=IQuietServer", "rpc.method=IQuietServer.Hush", "error.type=invalid_arguments") == 20);
        Assert.Equal(20, measured.Sum("typedsockets.server.refused_events", "typedsockets.contract=IQuietServer", "rpc.method=_OTHER", "error.type=unknown_event"));
        Assert.Equal(40, measured.Sum("typedsockets.server.events", "typedsockets.contract=IPlayServer", "rpc.method=_OTHER", "network.io.direction=receive"));

        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        foreach (var query in (string[])["EIO=4&transport=invented", "EIO=invented&transport=polling", "EIO=4&transport=polling&sid=invented"])
        {
            using var answer = await http.GetAsync($"/socket.io/?{query}", Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(3, measured.Sum("typedsockets.server.handshakes", "typedsockets.outcome=failed"));
        measured.ReadAll();
        Assert.All(measured.Measurements, measurement => Assert.DoesNotContain(measurement.Tags, tag => tag.Value is string value && value.Contains(Invented, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Meter_OfTwoHosts_DoNotMix()
    {
        await using var one = await PlayServer.StartAsync();
        await using var other = await PlayServer.StartAsync();
        using var measured = Record(other);
        await using var peer = await one.ConnectAsync(Measured);
        await peer.Server.Enter("a");
        Assert.Equal(0, measured.Read("typedsockets.server.sessions"));
        Assert.Equal(0, measured.Sum("typedsockets.server.events"));
    }

    private static MetricRecorder Record(PlayServer server) => new(server.Services.GetRequiredService<IMeterFactory>());

    private static RecordedMeasurement[] Ended(MetricRecorder recorder, string end) => [.. recorder.Measurements.Where(one => one.Instrument == $"typedsockets.{end}.session.duration")];

    private static Task AssertEventAsync(MetricRecorder recorder, string end, string method, string direction) => recorder.WhenAsync(
        () => recorder.Sum($"typedsockets.{end}.events", "typedsockets.contract=IPlayServer", $"rpc.method=IPlayServer.{method}", $"network.io.direction={direction}") == 1);
}

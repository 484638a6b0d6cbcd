using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>Clients of Socket.IO drop and come back, over each transport.</summary>
public sealed class RecoveryTests
{
    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Client_ThatComesBack_HasItsIdItsRoomsItsItemsAndWhatItMissed_InOrder(TransportKind transport)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var other = await ReturningPeer.ConnectAsync(server, transport, "eve");
        await using var peer = await ReturningPeer.ConnectAsync(server, transport, "ada");
        var id = peer.Id;
        await peer.AskAsync("Enter", "b");
        await peer.AskAsync("Enter", "a");
        await peer.AskAsync("Enter", "left");
        await peer.AskAsync("Leave", "left");
        await peer.AskAsync("Remember", "this");
        Tell("all", "seen");
        Assert.Equal(["seen"], await peer.ReadToldAsync(1));

        await peer.DropAsync(server);
        await log.WaitForAsync($"disconnecting {id} {nameof(TransportClose)} b,a");
        foreach (var (target, text) in ((string, string)[])[("all", "1"), ("room a", "2"), ("room left", "no"), ($"client {id}", "3"), ("user ada", "4"), ("user eve", "no"), ("others", "5"), ($"except {id}", "no"), ($"client {other.Id}", "no"), ("caller", "no"), ("room b", "6")])
        {
            Tell(target, text);
        }

        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Assert.Equal(id, peer.Id);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], peer.EarlyTold());
        var view = await peer.LookAsync();
        Assert.Equal((id, true, "this", null), (view.Id, view.Recovered, view.Remembered, view.Field));
        Assert.Equal(["a", "b"], view.Rooms);
        Tell("room a", "on");
        Tell($"client {id}", "and on");
        Assert.Equal(["on", "and on"], await peer.ReadToldAsync(2));

        // And again, with nothing missed.
        await peer.DropAsync(server);
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Assert.Empty(peer.Early);

        void Tell(string target, string text) => RecoveryHubLog.To(log.Clients(other.Id), target).Told(text);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Client_ThatGotNoEvent_IsRecoveredAllTheSame(TransportKind transport)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var other = await ReturningPeer.ConnectAsync(server, transport);
        log.Clients(other.Id).All.Told("before");
        await using var peer = await ReturningPeer.ConnectAsync(server, transport);
        await peer.DropAsync(server);
        log.Clients(other.Id).All.Told("missed");
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Assert.Equal(["missed"], peer.EarlyTold());
    }

    [Fact]
    public async Task Event_OfEachShape_CarriesItsOffset_AndComesBackAsItWas()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var clients = log.Clients(peer.Id);
        clients.All.Nudged();
        Assert.Matches("""^2/lost,\["Nudged","[-_0-9A-Za-z]{8}"\]$""", await peer.ReadEventAsync());
        clients.Caller.Told("x");
        Assert.Matches("""^2/lost,\["Told","x","[-_0-9A-Za-z]{8}"\]$""", await peer.ReadEventAsync());
        clients.All.Given([1, 2]);
        var given = await peer.ReadEventAsync();
        Assert.Matches("""^51-/lost,\["Given",\{"_placeholder":true,"num":0\},"[-_0-9A-Za-z]{8}"\]$""", given);
        Assert.Equal("bAQI=", await peer.ReadEventAsync());
        peer.Take(given);

        // What is answered has none.
        var asking = clients.Caller.Ask("why");
        Assert.Matches("""^2/lost,\d+\["Ask","why"\]$""", await peer.ReadEventAsync());

        await peer.DropAsync(server);
        await Assert.ThrowsAsync<DisconnectedException>(() => asking.AsTask());
        clients.All.Given([3]);
        await Assert.ThrowsAsync<NotConnectedException>(() => clients.Caller.Ask("again").AsTask());
        var session = await SocketIOSession.OpenAsync(server.Address, TransportKind.WebSocket);
        await using var _ = session;
        await session.SendAsync($$"""0/lost,{"pid":"{{peer.RecoveryId}}","offset":"{{peer.Offset}}"}""");
        Assert.StartsWith("""51-/lost,["Given",""", await session.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("bAw==", await session.ReadAsync());
        Assert.Equal($$"""0/lost,{"sid":"{{peer.Id}}","pid":"{{peer.RecoveryId}}"}""", await session.ReadAsync());
    }

    /// <summary>Socket.IO's own server lets the last text of a volatile event pass for an offset.</summary>
    [Fact]
    public async Task Event_ThatMayBeDropped_IsNotRecovered_AndDoesNotMoveTheOffset()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var clients = log.Clients(peer.Id);
        clients.All.Told("numbered");
        peer.Take(await peer.ReadEventAsync());
        // One at a time: what may be dropped is, when the client is behind.
        foreach (var (send, expected) in ((Action, string)[])
        [
            (() => clients.All.Hinted("to all"), """2/lost,["Hinted","to all",null]"""),
            (() => clients.Caller.Hinted("to one"), """2/lost,["Hinted","to one",null]"""),
            (() => clients.Caller.Moved("m", 1), """2/lost,["Moved","m",1]"""),
        ])
        {
            send();
            var packet = await peer.ReadEventAsync();
            Assert.Equal(expected, packet);
            peer.Take(packet);
        }

        await peer.DropAsync(server);
        clients.All.Hinted("to nobody");
        clients.Caller.Hinted("to nobody");
        clients.Caller.Moved("m", 2);
        clients.All.Told("missed");
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        Assert.Equal(["missed"], peer.EarlyTold());
    }

    [Fact]
    public async Task Room_LeftOrJoinedBeforeTheDrop_CountsAsItWasWhenTheEventWasSent()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var clients = log.Clients(peer.Id);
        await peer.AskAsync("Enter", "left");
        clients.All.Told("got");
        Assert.Equal(["got"], await peer.ReadToldAsync(1));
        var offset = peer.Offset;
        clients.Room("joined").Told("before it joined");
        clients.Room("left").Told("before it left");
        await peer.AskAsync("Leave", "left");
        clients.Room("left").Told("after it left");
        await peer.AskAsync("Enter", "joined");
        clients.Room("joined").Told("after it joined");
        await peer.DropAsync(server);

        // All of it was on its way when the connection broke.
        peer.Offset = offset;
        await peer.ReturnAsync();
        Assert.Equal(["before it left", "after it joined"], peer.EarlyTold());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Client_ThatComesBackBeforeItsDropIsNoticed_EndsTheOldConnection(TransportKind transport)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, transport);
        await peer.AskAsync("Enter", "room");
        var old = peer.Session!;
        await using var _ = old;
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        await log.WaitForAsync($"disconnecting {peer.Id} {nameof(TransportClose)} room");
        Assert.True((await peer.LookAsync()).Recovered);
        log.Clients(peer.Id).Room("room").Told("once");
        Assert.Equal(["once"], await peer.ReadToldAsync(1));
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.Fail($"The old connection was sent {await old.ReadAsync()}"));

        // The same CONNECT again: one of both lives.
        await using var again = peer.Session!;
        await peer.ReturnAsync();
        Assert.True(peer.Recovered);
        log.Clients(peer.Id).All.Told("still once");
        Assert.Equal(["still once"], await peer.ReadToldAsync(1));
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.Fail($"The old connection was sent {await again.ReadAsync()}"));
    }

    [Fact]
    public async Task Hub_OfTheOldConnection_HasFinishedBeforeTheNewOneBegins()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var leaving = new TaskCompletionSource();
        var order = new List<string>();
        log.AtDisconnecting = async _ =>
        {
            await leaving.Task;
            order.Add("left");
        };
        log.AtConnected = _ =>
        {
            order.Add("back");
            return Task.CompletedTask;
        };
        await using var old = peer.Session!;
        var returning = peer.ReturnAsync();
        await log.WaitForAsync($"disconnecting {peer.Id} {nameof(TransportClose)} ");
        Assert.False(returning.IsCompleted);
        leaving.SetResult();
        await returning;
        Assert.True((await peer.LookAsync()).Recovered);
        Assert.Equal(["left", "back"], order);
    }

    [Fact]
    public async Task Hub_OfTheOldConnectionThatDoesNotEnd_LetsItsClientBeginAnew()
    {
        await using var server = await ReturningPeer.StartServerAsync(others: options => options.ConnectTimeout = TimeSpan.FromSeconds(1));
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var leaving = new TaskCompletionSource();
        log.AtDisconnecting = _ => leaving.Task;
        await using var old = peer.Session!;
        var id = peer.Id;
        await peer.ReturnAsync();
        Assert.False(peer.Recovered);
        Assert.NotEqual(id, peer.Id);
        leaving.SetResult();
    }

    [Fact]
    public async Task Connection_ThatSomebodyEnded_IsNotRecovered()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var kicked = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var clients = log.Clients(kicked.Id);
        await kicked.Session!.SendAsync("""2/lost,["Kick"]""");
        await log.WaitForAsync($"disconnected {kicked.Id}");
        Assert.Throws<NotConnectedException>(() => clients.Caller.Told("nobody"));
        await kicked.ReturnAsync();
        Assert.False(kicked.Recovered);

        await using var left = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await left.Session!.SendAsync("1/lost,");
        await log.WaitForAsync($"disconnected {left.Id}");
        await left.ReturnAsync();
        Assert.False(left.Recovered);

        // A violation of Socket.IO's is a forced close, as with Socket.IO's own server, and an unreadable packet of Engine.IO is a parse error.
        await using var forced = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await forced.Session!.SendAsync("2/lost,{}");
        await log.WaitForAsync($"disconnected {forced.Id}");
        await forced.ReturnAsync();
        Assert.True(forced.Recovered);
    }

    [Fact]
    public async Task Connection_OfSomebodyElse_CannotBeTaken()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        await using var ada = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket, "ada");
        foreach (var user in (string?[])["eve", null])
        {
            await using var thief = new ReturningPeer(server.Address, TransportKind.WebSocket, user) { RecoveryId = ada.RecoveryId };
            await thief.ReturnAsync();
            Assert.False(thief.Recovered);
            Assert.NotEqual(ada.Id, thief.Id);
        }

        // Nor has it been ended.
        Assert.Equal(ada.Id, (await ada.LookAsync()).Id);
        await ada.DropAsync(server);
        await ada.ReturnAsync();
        Assert.True(ada.Recovered);
    }

    public static TheoryData<string> Nonsense { get; } =
    [
        "{}",
        """{"pid":7}""",
        """{"pid":null,"offset":null}""",
        """{"pid":{"pid":"%"},"offset":["%"]}""",
        """{"pid":["%"]}""",
        """{"pid":"%","offset":7}""",
        """{"pid":"%","offset":{}}""",
        """{"pid":"%","offset":""}""",
        """{"pid":"%","offset":"no offset"}""",
        """{"pid":"%","offset":"zzzzzzzz"}""",
        """{"pid":"%","offset":"\u007a-------"}""",
        """{"pid":"%%"}""",
        """{"pid":"aaaaaaaaaaaaaaaaaaaaaa"}""",
        """{"pid":"!!"}""",
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Connect_WithNonsense_BeginsAnew(string auth)
    {
        await using var server = await ReturningPeer.StartServerAsync(others: options => options.MaxPayloadBytes = 2_000_000);
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await peer.DropAsync(server);
        var id = peer.Id;
        await peer.ReturnAsync(auth.Replace("!!", new string('a', 1_000_000), StringComparison.Ordinal).Replace("%", peer.RecoveryId, StringComparison.Ordinal));
        Assert.False(peer.Recovered);
        Assert.NotEqual(id, peer.Id);
        Assert.Equal(peer.Id, (await peer.LookAsync()).Id);
    }

    [Theory]
    [InlineData("""{"pid":"a" "b"}""")]
    [InlineData("""{"pid":"a"} x""")]
    [InlineData("""{"\ud800":1""")]
    public async Task Connect_WithWhatIsNotJson_EndsTheSession(string auth)
    {
        await using var server = await ReturningPeer.StartServerAsync();
        var peer = new ReturningPeer(server.Address, TransportKind.WebSocket);
        await using var _ = peer;
        await Assert.ThrowsAsync<EndOfStreamException>(() => peer.ReturnAsync(auth));
    }

    [Fact]
    public async Task Client_ThatMissedMoreThanIsKept_BeginsAnew()
    {
        await using var server = await ReturningPeer.StartServerAsync(recovery => recovery.MaxEvents = 3);
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var other = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await using var quiet = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var clients = log.Clients(other.Id);
        clients.All.Told("first");
        await quiet.ReadToldAsync(1);
        for (var index = 0; index < 10; index++)
        {
            clients.Caller.Told("not for the quiet one");
        }

        // The packet of its offset has been swept long since, and it has missed nothing.
        await quiet.DropAsync(server);
        clients.All.Told("1");
        clients.All.Told("2");
        await quiet.ReturnAsync();
        Assert.True(quiet.Recovered);
        Assert.Equal(["1", "2"], quiet.EarlyTold());

        await quiet.DropAsync(server);
        for (var index = 0; index < 4; index++)
        {
            clients.All.Told("too many");
        }

        await quiet.ReturnAsync();
        Assert.False(quiet.Recovered);
        Assert.Empty(quiet.Early);
    }

    [Fact]
    public async Task Client_ThatMissedMoreThanMayWaitForIt_BeginsAnew()
    {
        await using var server = await ReturningPeer.StartServerAsync(others: options => options.MaxQueuedBytes = 4096);
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        await using var other = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        await peer.DropAsync(server);
        for (var index = 0; index < 5; index++)
        {
            log.Clients(other.Id).Client(peer.Id).Told(new string('x', 1000));
        }

        await peer.ReturnAsync();
        Assert.False(peer.Recovered);
        Assert.Empty(peer.Early);
    }

    [Fact]
    public async Task Clients_OfTs1_AndServersWithoutTheOption_AreNotConcerned()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        await using var typed = await server.ConnectAsync();
        Assert.False((await typed.NextAsync<Connected>()).Recovered);
        await typed.Server.SayTo("caller", "plain");
        await typed.Server.SayTo("all", "to all");
        Assert.Equal("plain", await typed.NextSaidAsync());
        Assert.Equal("to all", await typed.NextSaidAsync());

        await using var off = await PlayServer.StartAsync();
        await using var session = await SocketIOSession.OpenAsync(off.Address, TransportKind.WebSocket);
        await session.SendAsync("0/play,");
        Assert.Equal(["sid"], JsonElement.Parse((await session.ReadAsync())["0/play,".Length..]).EnumerateObject().Select(member => member.Name));
        await session.SendAsync("""2/play,1["SayTo","all","text"]""");
        Assert.Equal("""2/play,["Said","text"]""", await session.ReadAsync());
    }
}

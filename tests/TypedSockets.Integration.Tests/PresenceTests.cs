using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>Who is there, as a background service sees it.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task Presence_ShowsConnectionsRoomsAndUsers()
    {
        await using var server = await PlayServer.StartAsync();
        var presence = Context(server).Presence;
        await using var ann = await server.ConnectAsync(As("ann"));
        await using var annAgain = await server.ConnectAsync(As("ann"));
        await using var stranger = await server.ConnectAsync();
        await ann.Server.Enter("lobby");
        await stranger.Server.Enter("lobby");

        Assert.Equal(3, presence.Count);
        Assert.Equal(await Ids(ann, annAgain, stranger), Sorted(presence.Connections));
        Assert.Equal(["lobby"], presence.Rooms);
        Assert.Equal(await Ids(ann, stranger), Sorted(presence.InRoom("lobby")));
        Assert.Equal(2, presence.CountInRoom("lobby"));
        Assert.Equal(["ann"], presence.Users);
        Assert.Equal(await Ids(ann, annAgain), Sorted(presence.OfUser("ann")));
        Assert.Equal(2, presence.CountOfUser("ann"));
        Assert.Empty(presence.InRoom("elsewhere"));
        Assert.Equal(0, presence.CountOfUser("nobody"));
        Assert.Null(presence.Find("nobody"));
    }

    [Fact]
    public async Task Connection_FoundById_TellsWhoAndWhere()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync(As("ann"));
        await ann.Server.Enter("lobby");
        var connection = Context(server).Presence.Find(await ann.Server.WhoAmI())!;
        Assert.Equal("ann", connection.UserId);
        Assert.Equal(TransportKind.WebSocket, connection.Transport);
        Assert.Equal(["lobby"], connection.Rooms.Joined);
        Assert.True(connection.Rooms.Contains("lobby"));
        Assert.False(connection.Rooms.Contains("elsewhere"));
        Assert.True(connection.ConnectedFor >= TimeSpan.Zero);
        Assert.Null(connection.Ended);
    }

    [Fact]
    public async Task Connection_PutIntoARoomFromOutside_IsReachedThere()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        var context = Context(server);
        Assert.True(context.Presence.Find(await ann.Server.WhoAmI())!.Rooms.Join("chosen"));
        context.Clients.Room("chosen").Said("you are");
        context.Clients.All.Said("end");
        Assert.Equal("you are", await ann.NextSaidAsync());
        Assert.Equal("end", await ben.NextSaidAsync());
        Assert.True(context.Presence.Find(await ann.Server.WhoAmI())!.Rooms.Leave("chosen"));
        Assert.Empty(context.Presence.Rooms);
    }

    [Fact]
    public async Task Disconnect_FromOutside_TellsTheTextAndEmptiesTheRooms()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync(As("ann"));
        await ann.Server.Enter("lobby");
        var presence = Context(server).Presence;
        var connection = Assert.Single(presence.OfUser("ann"));
        connection.Disconnect("The lobby closes.");

        var disconnected = await ann.NextAsync<Disconnected>();
        Assert.Equal(new ServerDisconnect("The lobby closes.") { Initiator = Initiator.Remote }, disconnected.Reason);
        Assert.False(disconnected.WillReconnect);
        await server.Log.WaitForEndAsync(connection.Id);
        Assert.Empty(presence.Rooms);
        Assert.Empty(presence.Connections);
        Assert.Equal(new ServerDisconnect("The lobby closes."), connection.Ended);
        Assert.False(connection.Rooms.Join("lobby"));
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, nameof(TypedSocketServerOptions.MaxRoomNameLength))]
    [InlineData(1_000_000, nameof(TypedSocketServerOptions.MaxRoomNameLength))]
    public async Task Room_NameAtAndBeyondTheLimit_IsJoinedOrRefused(int length, string? option)
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var rooms = Context(server).Presence.Connections.Single().Rooms;
        var room = new string('r', length);
        if (option is null)
        {
            Assert.True(rooms.Join(room));
            return;
        }

        var exception = Assert.Throws<RoomLimitException>(() => rooms.Join(room));
        Assert.Equal((option, length, 256), (exception.Option, exception.Value, exception.Limit));
        Assert.Empty(rooms.Joined);
    }

    [Fact]
    public async Task Rooms_TenTimesTheLimit_StopAtTheLimitAndDisturbNobody()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxRoomsPerConnection = 100);
        await using var greedy = await server.ConnectAsync();
        await using var bystander = await server.ConnectAsync();
        var refused = 0;
        for (var room = 0; room < 1_000; room++)
        {
            try
            {
                await greedy.Server.Enter($"room {room}");
            }
            catch (RemoteException)
            {
                refused++;
            }
        }

        Assert.Equal(900, refused);
        Assert.Equal(100, Context(server).Presence.Rooms.Count);
        await bystander.Server.Enter("mine");
        Assert.Equal(1, Context(server).Presence.CountInRoom("mine"));
    }

    private static HubContext<PlayHub, IPlayClient> Context(PlayServer server) => server.Services.GetRequiredService<HubContext<PlayHub, IPlayClient>>();

    private static TypedSocketOptions As(string user) => new() { Headers = new Dictionary<string, string> { [PlayServer.UserHeader] = user } };

    private static string[] Sorted(IEnumerable<HubConnection> connections) => [.. connections.Select(connection => connection.Id).Order(StringComparer.Ordinal)];

    private static async Task<string[]> Ids(params PlayPeer[] peers)
    {
        var ids = new List<string>();
        foreach (var peer in peers)
        {
            ids.Add(await peer.Server.WhoAmI());
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }
}

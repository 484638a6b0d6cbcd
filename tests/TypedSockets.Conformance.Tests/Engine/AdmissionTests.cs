namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Who may open a session, and who may use it.</summary>
public sealed class AdmissionTests
{
    private const int Forbidden = 4;

    [Fact]
    public async Task AllowRequest_IsAskedOnEachTransportForNewSessionsOnly()
    {
        var asked = 0;
        await using var server = await EngineServer.StartAsync(options => options.AllowRequest = context =>
        {
            asked++;
            return new ValueTask<string?>(context.Request.Headers.ContainsKey("X-Ticket") ? null : "No ticket, no session.");
        });
        foreach (var handshake in (HttpRequest[])[HttpRequest.Handshake, HttpRequest.WebSocket])
        {
            await using var peer = await RawPeer.DialAsync(server.Address);
            await peer.SendAsync(handshake.ToBytes(server.Address, null));
            var response = await peer.ReadResponseAsync("GET");
            response.AssertRefused(Forbidden, 403);
            Assert.Contains("No ticket, no session.", response.Body, StringComparison.Ordinal);
        }

        await using var session = await RawSession.OpenAsync(server, HttpRequest.Handshake.With("X-Ticket", "1"));
        (await session.PostAsync("4a")).AssertBody("ok");
        (await session.GetAsync()).AssertBody("4a");
        await session.UpgradeAsync();
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task AllowRequest_Throws_IsAnswered500AndTakesNoPlace()
    {
        await using var server = await EngineServer.StartAsync(options =>
        {
            options.MaxConnections = 1;
            options.AllowRequest = context => context.Request.Headers.ContainsKey("X-Ticket") ? default : throw new InvalidOperationException("The ticket office is closed.");
        });
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.SendAsync(HttpRequest.Handshake.ToBytes(server.Address, null));
        Assert.Equal(500, (await peer.ReadResponseAsync("GET")).Status);
        await using var session = await RawSession.OpenAsync(server, HttpRequest.Handshake.With("X-Ticket", "1"));
    }

    [Fact]
    public async Task MaxConnections_OnPolling_RefusesWith503UntilASessionHasEnded()
    {
        await using var server = await EngineServer.StartAsync(options => options.MaxConnections = 2);
        await using var first = await RawSession.OpenAsync(server);
        await using var second = await RawSession.OpenAsync(server);
        await using var third = await RawPeer.DialAsync(server.Address);
        await third.SendAsync(HttpRequest.Handshake.ToBytes(server.Address, null));
        var refusal = await third.ReadResponseAsync("GET");
        refusal.AssertRefused(Forbidden, 503);
        Assert.Contains("MaxConnections", refusal.Body, StringComparison.Ordinal);
        await third.WaitForEndOfStreamAsync();
        (await first.PostAsync("4a")).AssertBody("ok");

        await first.PostAsync("1");
        (await first.GetAsync()).AssertBody("4a");
        await server.Find(first.Id).Completion;
        await WaitForRoomAsync(server);
    }

    [Fact]
    public async Task Session_OfAnotherUser_IsUnknown()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server, HttpRequest.Handshake.With(EngineServer.UserHeader, "ann"));
        foreach (var stranger in (string?[])["ben", null])
        {
            foreach (var request in (HttpRequest[])[HttpRequest.Poll, HttpRequest.Post("4a"), HttpRequest.Upgrade])
            {
                await using var peer = await session.SendAsync(stranger is null ? request : request.With(EngineServer.UserHeader, stranger));
                (await peer.ReadResponseAsync(request.Method)).AssertRefused(RawAnswers.SessionUnknown);
            }
        }

        await session.SendPostAsync(HttpRequest.Post("4a").With(EngineServer.UserHeader, "ann"));
        (await session.ReadPostAsync()).AssertBody("ok");
        (await session.GetAsync(HttpRequest.Poll.With(EngineServer.UserHeader, "ann"))).AssertBody("4a");
    }

    // The place is given back just after the session has ended.
    private static async Task WaitForRoomAsync(EngineServer server)
    {
        RawResponse response;
        do
        {
            await using var peer = await RawPeer.DialAsync(server.Address);
            await peer.SendAsync(HttpRequest.Handshake.ToBytes(server.Address, null));
            response = await peer.ReadResponseAsync("GET");
        }
        while (response.Status == 503);
        Assert.Equal(200, response.Status);
    }
}

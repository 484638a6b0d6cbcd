namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Which pages may talk to the server, with their visitors' cookies (Fetch, "CORS protocol").</summary>
public sealed class CrossOriginTests
{
    private const string Page = "https://chat.example";

    [Fact]
    public async Task Page_ThatIsAllowedCredentials_MayReadEveryAnswer()
    {
        await using var server = await StartAsync(allowCredentials: true);
        await using var session = await RawSession.OpenAsync(server, HttpRequest.Handshake.With("Origin", Page));
        await session.SendPostAsync(HttpRequest.Post("4a").With("Origin", Page));
        RawResponse[] answers = [session.Handshake, await session.ReadPostAsync(), await session.GetAsync(HttpRequest.Poll.With("Origin", Page)), await RefuseAsync(server)];
        Assert.All(answers, answer =>
        {
            Assert.Equal(Page, answer.Headers["Access-Control-Allow-Origin"].Single());
            Assert.Equal("true", answer.Headers["Access-Control-Allow-Credentials"].Single());
            Assert.Contains("Origin", answer.Headers["Vary"]);
        });
    }

    [Fact]
    public async Task Page_ThatIsAllowedWithoutCredentials_IsNotToldOtherwise()
    {
        await using var server = await StartAsync(allowCredentials: false);
        await using var session = await RawSession.OpenAsync(server, HttpRequest.Handshake.With("Origin", Page));
        Assert.Equal(Page, session.Handshake.Headers["Access-Control-Allow-Origin"].Single());
        Assert.Empty(session.Handshake.Headers["Access-Control-Allow-Credentials"]);
    }

    [Fact]
    public async Task Page_ThatIsNotAllowed_IsRefusedOnEachTransport()
    {
        await using var server = await StartAsync(allowCredentials: true);
        foreach (var handshake in (HttpRequest[])[HttpRequest.Handshake, HttpRequest.WebSocket])
        {
            await using var peer = await RawPeer.DialAsync(server.Address);
            await peer.SendAsync(handshake.With("Origin", "https://evil.example").ToBytes(server.Address, null));
            (await peer.ReadResponseAsync("GET")).AssertRefused(4, 403);
        }

        Assert.Empty(server.SessionIds);
    }

    [Fact]
    public async Task Preflight_IsAnsweredForPagesThatAreAllowed()
    {
        await using var server = await StartAsync(allowCredentials: true);
        await using var peer = await RawPeer.DialAsync(server.Address);
        var preflight = HttpRequest.Poll.By("OPTIONS").With("Access-Control-Request-Method", "POST").With("Access-Control-Request-Headers", "content-type");
        await peer.SendAsync(preflight.With("Origin", Page).ToBytes(server.Address, "any"));
        var answer = await peer.ReadResponseAsync("OPTIONS");
        Assert.Equal((204, Page, "GET,POST", "content-type"), (answer.Status, Header("Origin"), Header("Methods"), Header("Headers")));
        await peer.SendAsync(preflight.With("Origin", "https://evil.example").ToBytes(server.Address, "any"));
        (await peer.ReadResponseAsync("OPTIONS")).AssertRefused(4, 403);

        string Header(string name) => answer.Headers[$"Access-Control-Allow-{name}"].Single();
    }

    private static Task<EngineServer> StartAsync(bool allowCredentials) => EngineServer.StartAsync(options =>
    {
        options.AllowedOrigins.Clear();
        options.AllowedOrigins.Add(Page);
        options.AllowCredentials = allowCredentials;
    });

    private static async Task<RawResponse> RefuseAsync(EngineServer server)
    {
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.SendAsync(HttpRequest.Poll.With("Origin", Page).ToBytes(server.Address, "unknown"));
        var response = await peer.ReadResponseAsync("GET");
        response.AssertRefused(RawAnswers.SessionUnknown);
        return response;
    }
}

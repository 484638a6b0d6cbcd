using System.Text.Json;
using Microsoft.AspNetCore.Http;
using HttpRequest = TypedSockets.Tests.Shared.HttpRequest;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Engine.IO 4, "Handshake", over each transport.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handshake_IsAnsweredWithTheOpenPacket(bool isWebSocket)
    {
        await using var server = await EngineServer.StartAsync();
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.SendAsync((isWebSocket ? HttpRequest.WebSocket : HttpRequest.Handshake).ToBytes(server.Address, null));
        var response = await peer.ReadResponseAsync("GET");
        Assert.Equal(isWebSocket ? 101 : 200, response.Status);
        if (!isWebSocket)
        {
            Assert.Equal("text/plain; charset=UTF-8", response.Headers["Content-Type"].Single());
            Assert.Equal("no-store", response.Headers["Cache-Control"].Single());
        }

        var packet = isWebSocket ? await peer.ReadTextAsync() : response.Body;
        Assert.Equal('0', packet[0]);
        using var open = JsonDocument.Parse(packet[1..]);
        Assert.Equal(["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"], open.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.NotNull(server.Find(open.RootElement.GetProperty("sid").GetString()!));
        Assert.Equal(isWebSocket ? [] : ["websocket"], open.RootElement.GetProperty("upgrades").EnumerateArray().Select(upgrade => upgrade.GetString()));
        Assert.Equal(300, open.RootElement.GetProperty("pingInterval").GetInt32());
        Assert.Equal(200, open.RootElement.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(1_000_000, open.RootElement.GetProperty("maxPayload").GetInt32());
    }

    [Theory]
    [InlineData("EIO=4&transport={0}", "POST", 2)]
    [InlineData("transport={0}", "GET", 5)]
    [InlineData("EIO=abc&transport={0}", "GET", 5)]
    [InlineData("EIO=3&transport={0}", "GET", 5)]
    [InlineData("EIO=4", "GET", 0)]
    [InlineData("EIO=4&transport=abc", "GET", 0)]
    [InlineData("EIO=4&transport={0}&sid=abc", "GET", 1)]
    [InlineData("EIO=4&transport={0}&first=%21", "GET", 3)]
    public async Task Handshake_OfTheWrongKind_IsRefusedOnEachTransport(string query, string method, int code)
    {
        await using var server = await EngineServer.StartAsync();
        foreach (var request in (HttpRequest[])[HttpRequest.Handshake, HttpRequest.WebSocket])
        {
            await using var peer = await RawPeer.DialAsync(server.Address);
            var transport = request == HttpRequest.WebSocket ? "websocket" : "polling";
            await peer.SendAsync(request.By(method).Asking(query.Replace("{0}", transport, StringComparison.Ordinal)).ToBytes(server.Address, null));
            (await peer.ReadResponseAsync(method)).AssertRefused(code);
        }

        Assert.Empty(server.SessionIds);
    }

    [Theory]
    [InlineData(TransportKind.Polling, "websocket")]
    [InlineData(TransportKind.WebSocket, "polling")]
    public async Task Transport_ThatIsNotServed_IsUnknown(TransportKind served, string asked)
    {
        await using var server = await EngineServer.StartAsync(options => options.Transports = [served]);
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.SendAsync(HttpRequest.WebSocket.Asking($"EIO=4&transport={asked}").ToBytes(server.Address, null));
        (await peer.ReadResponseAsync("GET")).AssertRefused(RawAnswers.TransportUnknown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("node")]
    public async Task Cookie_OfThePollingHandshake_CarriesTheSessionId(string? name)
    {
        var cookie = new CookieBuilder { Path = "/engine.io", HttpOnly = true, SameSite = SameSiteMode.Strict };
        if (name is not null)
        {
            cookie.Name = name;
        }

        await using var server = await EngineServer.StartAsync(options => options.Cookie = cookie);
        await using var session = await RawSession.OpenAsync(server);
        Assert.Equal($"{name ?? "io"}={session.Id}; path=/engine.io; samesite=strict; httponly", session.Handshake.Headers["Set-Cookie"].Single());
        await session.PostAsync("4a");
        Assert.Empty((await session.GetAsync()).Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task Cookie_ThatNobodyAskedFor_IsNotSet()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        Assert.Empty(session.Handshake.Headers["Set-Cookie"]);
    }
}

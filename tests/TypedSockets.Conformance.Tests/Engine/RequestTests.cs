using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>What a request of HTTP long-polling may be, and how its answer is encoded.</summary>
public sealed class RequestTests
{
    private const int MaxPayload = 10_000;

    [Theory]
    [InlineData("gzip", 1024, 1023, "gzip")]
    [InlineData("gzip", 1024, 1022, null)]
    [InlineData("br", 1024, 2000, "br")]
    [InlineData("gzip, br", 1024, 2000, "gzip")]
    [InlineData("gzip;q=0.5, br", 1024, 2000, "br")]
    [InlineData("gzip;q=0, br;q=0", 1024, 2000, null)]
    [InlineData("deflate", 1024, 2000, null)]
    [InlineData("identity", 1024, 2000, null)]
    [InlineData(null, 1024, 2000, null)]
    [InlineData("gzip", 0, 1, "gzip")]
    [InlineData("gzip", null, 9_000, null)]
    public async Task Answer_IsCompressedWhereItPaysAndTheClientCanReadIt(string? accepted, int? threshold, int length, string? encoding)
    {
        await using var server = await EngineServer.StartAsync(options => options.HttpCompressionThreshold = threshold);
        await using var session = await RawSession.OpenAsync(server);
        var message = "4" + new string('x', length);
        await session.PostAsync(message);
        var answer = await session.GetAsync(accepted is null ? HttpRequest.Poll : HttpRequest.Poll.With("Accept-Encoding", accepted));
        Assert.Equal(encoding, answer.Headers["Content-Encoding"].SingleOrDefault());
        Assert.Equal(1 + length >= threshold, answer.Headers["Vary"].Contains("Accept-Encoding"));
        Assert.Equal(message, Decode(answer.Content, encoding));
    }

    [Theory]
    [InlineData(MaxPayload, 200)]
    [InlineData(MaxPayload + 1, 413)]
    public async Task Body_OfAPlainSession_MayBeAsLargeAsThePayload(int length, int status)
    {
        await using var server = await EngineServer.StartAsync(options => options.MaxPayloadBytes = MaxPayload);
        await using var session = await RawSession.OpenAsync(server);
        Assert.Equal(status, (await session.PostAsync("4" + new string('x', length - 1))).Status);
        // The session outlives what it refused.
        await using var other = await session.SendAsync(HttpRequest.Post("4next"));
        (await other.ReadResponseAsync("POST")).AssertBody("ok");
        Assert.EndsWith("4next", (await session.GetAsync()).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task Body_OfATs1Session_MayHoldThePayloadInBase64(int tooMany, int status)
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxPayloadBytes = MaxPayload);
        await using var peer = await RawPeer.DialAsync(server.Address);
        var handshake = new HttpRequest("GET", "/socket.io/?EIO=4&transport=polling&codec=ts1");
        await peer.SendAsync(handshake.ToBytes(server.Address, null));
        using var open = JsonDocument.Parse((await peer.ReadResponseAsync("GET")).Body[1..]);
        // One ts1 packet of the largest size, in base64 behind its prefix; its own length takes two bytes. It is of no known type, which the answer does not depend on.
        byte[] packet = [0x8e, 0x4e, .. new byte[MaxPayload - 2]];
        var body = Encoding.ASCII.GetBytes("b" + Convert.ToBase64String(packet) + new string('=', tooMany));
        var post = HttpRequest.Post(body).To(handshake.Target + "&sid={sid}");
        await peer.SendAsync(post.ToBytes(server.Address, open.RootElement.GetProperty("sid").GetString()));
        Assert.Equal(status, (await peer.ReadResponseAsync("POST")).Status);
    }

    [Theory]
    [InlineData("text/plain", 200)]
    [InlineData("text/plain;charset=UTF-8", 200)]
    [InlineData("application/json", 200)]
    [InlineData("application/octet-stream", 400)]
    public async Task Body_OfEachContentType_IsTextUnlessItSaysThatItIsBinary(string type, int status)
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        await session.SendPostAsync(HttpRequest.Post("4a").With("Content-Type", type));
        Assert.Equal(status, (await session.ReadPostAsync()).Status);
        var next = await session.GetAsync();
        if (status == 200)
        {
            next.AssertBody("4a");
        }
        else
        {
            next.AssertRefused(RawAnswers.SessionUnknown);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Method_OtherThanGetAndPost_IsNotAllowedAndTheSessionGoesOn(string method)
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        await using var peer = await session.SendAsync(HttpRequest.Poll.By(method));
        var answer = await peer.ReadResponseAsync(method);
        answer.AssertRefused(2, 405);
        Assert.Equal("GET, POST", answer.Headers["Allow"].Single());
        (await session.PostAsync("4a")).AssertBody("ok");
        (await session.GetAsync()).AssertBody("4a");
    }

    private static string Decode(byte[] content, string? encoding)
    {
        using var encoded = new MemoryStream(content);
        using Stream decoded = encoding switch
        {
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            "br" => new BrotliStream(encoded, CompressionMode.Decompress),
            _ => encoded,
        };
        using var reader = new StreamReader(decoded);
        return reader.ReadToEnd();
    }
}

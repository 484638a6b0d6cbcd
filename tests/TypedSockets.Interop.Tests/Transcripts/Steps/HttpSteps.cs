using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace TypedSockets.Interop.Tests.Transcripts.Steps;

/// <summary>Opens a session by polling, which goes without saying.</summary>
internal sealed record Open(string Query = "EIO=4&transport=polling") : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        var response = await (await scene.SendAsync("open", HttpRequest.Handshake.Asking(Query))).ReadResponseAsync("GET");
        Assert.Equal(200, response.Status);
        scene.Sid = OpenPacket.ReadSid(response.Body);
    }
}

/// <summary>Sends a request and waits for its answer.</summary>
internal sealed record Ask(HttpRequest Request) : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        await scene.SendAsync(Request.Method, Request);
        await new Answer(Request.Method).PlayAsync(scene);
    }
}

/// <summary>Sends a request that the server will hold, and goes on as soon as it does.</summary>
internal sealed record Begin(string Name, HttpRequest Request) : Step
{
    public override Task PlayAsync(Scene scene) => scene.BeginAsync(Name, Request);
}

/// <summary>Waits for the answer to a request that was begun.</summary>
internal sealed record Answer(string Name) : Step
{
    private static readonly string[] s_headers =
    [
        "Content-Type", "Content-Encoding", "Cache-Control", "Vary", "Set-Cookie", "X-XSS-Protection", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
    ];

    public override async Task PlayAsync(Scene scene)
    {
        RawResponse response;
        try
        {
            response = await scene.Find(Name)!.ReadResponseAsync(scene.FindRequest(Name).Method);
        }
        catch (IOException)
        {
            scene.Observe(Name, "cut");
            return;
        }

        Observe(scene, response);
    }

    private void Observe(Scene scene, RawResponse response)
    {
        scene.Observe($"{Name} status", $"{response.Status}");
        foreach (var header in s_headers.Where(response.Headers.Contains))
        {
            scene.Observe($"{Name} {header}", string.Join(", ", response.Headers[header]));
        }

        var body = response.Headers["Content-Encoding"].SingleOrDefault() == "gzip" ? Unzip(response.Content) : response.Body;
        if (OpenPacket.ReadSid(body) is { } sid)
        {
            scene.Sid = sid;
        }

        if (body.StartsWith('{'))
        {
            using var error = JsonDocument.Parse(body);
            scene.Observe($"{Name} code", error.RootElement.GetProperty("code").GetRawText());
            // Another server may say more than Engine.IO's own, behind the same words.
            scene.Observe($"{Name} message", error.RootElement.GetProperty("message").GetString()!.Split(':')[0]);
        }
        else if (body.Length > 0)
        {
            scene.Observe($"{Name} body", Printable.Of(body));
        }
    }

    private static string Unzip(byte[] content)
    {
        using var zipped = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>Resets a connection, as a crash does.</summary>
internal sealed record Cut(string Name) : Step
{
    public override Task PlayAsync(Scene scene)
    {
        scene.Find(Name)!.Reset();
        return Task.CompletedTask;
    }
}

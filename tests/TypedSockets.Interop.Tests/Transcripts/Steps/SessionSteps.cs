namespace TypedSockets.Interop.Tests.Transcripts.Steps;

/// <summary>Waits until the server ends the session, and asks it why.</summary>
internal sealed record Reason : Step
{
    public override async Task PlayAsync(Scene scene) => scene.Observe("reason", await scene.Server.WhenClosedAsync(scene.Sid!));
}

/// <summary>Finds out by polling whether the session still carries messages.</summary>
internal sealed record Alive : Step
{
    private const string Question = "4alive?";

    public override async Task PlayAsync(Scene scene)
    {
        await (await scene.SendAsync("alive", HttpRequest.Post(Question))).ReadResponseAsync("POST");
        var response = await (await scene.SendAsync("alive", HttpRequest.Poll)).ReadResponseAsync("GET");
        scene.Observe("session", response.Status == 200 && response.Body.EndsWith(Question, StringComparison.Ordinal) ? "alive" : "gone");
    }
}

/// <summary>Finds out by WebSocket whether the session still carries messages.</summary>
internal sealed record AliveOn(string Name) : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        await new Send(Name, Frames.Text("4alive?")).PlayAsync(scene);
        await new Receive(Name).PlayAsync(scene);
    }
}

using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>Sessions that end by polling, from each side, and sessions that live or die by their heartbeat.</summary>
internal static class ClosingCases
{
    private static readonly Step s_poll = new Ask(HttpRequest.Poll);
    private static readonly Step s_pong = new Ask(HttpRequest.Post("3"));

    public static TranscriptCase[] All { get; } = [.. Closings(), .. Heartbeats()];

    private static TranscriptCase[] Closings() =>
    [
        new("post-close-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("1")), new Answer("held"), new Reason()),
        new("post-close", new Open(), new Ask(HttpRequest.Post("1")), new Reason(), new Ask(HttpRequest.Post("4x"))),
        new("post-close-then-get", new Open(), new Ask(HttpRequest.Post("1")), new Reason(), s_poll, s_poll),
        // Whether the held GET gets the echo or a noop is not compared: the client has said that it wants no more.
        new("post-message-and-close-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("4a\u001e1")), new Reason()),
        new("post-close-and-message", new Open(), new Ask(HttpRequest.Post("1\u001e4a")), new Reason()),
        new("closed-by-the-server-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("4close")), new Answer("held"), new Reason(), s_poll),
        new("closed-by-the-server-then-get", new Open(), new Ask(HttpRequest.Post("4close")), s_poll, new Reason(), s_poll),
        new("closed-by-the-server-behind-a-message", new Open(), new Ask(HttpRequest.Post("4a\u001e4close")), s_poll, s_poll, new Reason()),
    ];

    private static TranscriptCase[] Heartbeats() =>
    [
        new("ping-by-polling", new Open(), s_poll, s_pong, s_poll, s_pong, s_poll) { HasHeartbeat = true },
        new("ping-by-polling-unanswered", new Open(), s_poll, new Reason(), s_poll) { HasHeartbeat = true },
        new("ping-by-polling-unanswered-while-get-is-held", new Open(), s_poll, new Begin("held", HttpRequest.Poll), new Reason(), new Answer("held")) { HasHeartbeat = true },
        new("ping-without-get", new Open(), new Reason(), s_poll) { HasHeartbeat = true },
        new("ping-by-websocket", new OpenWebSocket(), new Receive("ws"), new Send("ws", Frames.Text("3")), new Receive("ws"), new Send("ws", Frames.Text("3")), new AliveOn("ws")) { HasHeartbeat = true },
        new("ping-by-websocket-unanswered", new OpenWebSocket(), new End("ws"), new Reason()) { HasHeartbeat = true },
        new("ping-by-websocket-answered-by-a-pong-frame", new OpenWebSocket(), new Receive("ws"), new Send("ws", Frames.Pong("")), new End("ws"), new Reason()) { HasHeartbeat = true },
        new("ping-after-upgrade", new Open(), new Dial("ws", HttpRequest.Upgrade), new Send("ws", Frames.Text("2probe"), Frames.Text("5")), new Receive("ws", 2), new Send("ws", Frames.Text("3")),
            new Receive("ws")) { HasHeartbeat = true },
    ];
}

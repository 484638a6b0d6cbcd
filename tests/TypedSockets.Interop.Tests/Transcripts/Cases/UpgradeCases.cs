using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>A session that opened by polling and moves to a WebSocket, or tries to.</summary>
internal static class UpgradeCases
{
    private static readonly Step s_dial = new Dial("ws", HttpRequest.Upgrade);
    private static readonly Step s_probe = new Send("ws", Frames.Text("2probe"));
    private static readonly Step s_upgrade = new Send("ws", Frames.Text("5"));
    private static readonly Step s_receive = new Receive("ws");
    private static readonly Step s_aliveOnWebSocket = new AliveOn("ws");

    public static TranscriptCase[] All { get; } = [.. Upgrades(), .. Failures(), .. Endings()];

    private static TranscriptCase[] Upgrades() =>
    [
        new("upgrade", new Open(), s_dial, s_probe, s_receive, s_upgrade, s_aliveOnWebSocket, new Ask(HttpRequest.Poll), new Ask(HttpRequest.Post("4x")), s_aliveOnWebSocket),
        new("upgrade-releases-the-held-get", new Open(), new Begin("held", HttpRequest.Poll), s_dial, s_probe, s_receive, new Answer("held"), s_upgrade, s_aliveOnWebSocket),
        new("upgrade-releases-each-get", new Open(), s_dial, s_probe, s_receive, new Ask(HttpRequest.Poll), new Ask(HttpRequest.Poll), s_upgrade, s_aliveOnWebSocket),
        new("upgrade-without-probe", new Open(), s_dial, s_upgrade, s_aliveOnWebSocket, new Ask(HttpRequest.Poll)),
        new("upgrade-with-two-probes", new Open(), s_dial, s_probe, s_probe, new Receive("ws", 2), s_upgrade, s_aliveOnWebSocket),
        new("upgrade-with-data", new Open(), s_dial, s_probe, s_receive, new Send("ws", Frames.Text("5now")), s_aliveOnWebSocket),
        new("upgrade-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), s_dial, s_upgrade, s_aliveOnWebSocket, new Answer("held"), s_aliveOnWebSocket),
        new("upgrade-at-once-with-messages", new Open(), s_dial, new Send("ws", Frames.Text("2probe"), Frames.Text("5"), Frames.Text("4a"), Frames.Binary(1, 2)), new Receive("ws", 3)),
        new("upgrade-then-get-from-elsewhere", new Open(), s_dial, s_probe, s_receive, s_upgrade, new Ask(HttpRequest.Poll), s_aliveOnWebSocket),
        new("upgrade-delivers-what-waited-on-the-websocket", new Open(), new Ask(HttpRequest.Post("4waits")), s_dial, s_probe, s_receive, s_upgrade, s_receive, s_aliveOnWebSocket),
        new("upgrade-message-during-probe-by-polling", new Open(), s_dial, s_probe, s_receive, new Ask(HttpRequest.Post("4a")), new Ask(HttpRequest.Poll), s_upgrade, s_aliveOnWebSocket),
        new("upgrade-message-during-probe-to-held-get", new Open(), s_dial, new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("4a")), new Answer("held"), s_probe, s_receive, s_upgrade,
            s_aliveOnWebSocket),
        new("upgrade-with-b64", new Open(), new Dial("ws", HttpRequest.Upgrade.Asking("EIO=4&transport=websocket&b64=1&sid={sid}")), s_probe, s_receive, s_upgrade, new Send("ws", Frames.Binary(1, 2)),
            s_receive),
        new("upgrade-of-a-b64-session", new Open("EIO=4&transport=polling&b64=1"), s_dial, s_probe, s_receive, s_upgrade, new Send("ws", Frames.Binary(1, 2)), s_receive),
    ];

    private static TranscriptCase[] Failures() =>
    [
        .. from packet in (string[])["2", "2wrong", "4hello", "3probe", "0", "1", "6", "x", ""]
           select new TranscriptCase($"upgrade-begins-with-{(packet == "" ? "nothing" : packet)}", new Open(), s_dial, new Send("ws", Frames.Text(packet)), new End("ws"), new Alive()),
        new("upgrade-begins-with-binary", new Open(), s_dial, new Send("ws", Frames.Binary(1)), new End("ws"), new Alive()),
        new("upgrade-message-behind-probe", new Open(), s_dial, s_probe, s_receive, new Send("ws", Frames.Text("4x")), new End("ws"), new Alive()),
        new("upgrade-unmasked", new Open(), s_dial, new Send("ws", Frames.Unmasked("2probe")), new End("ws"), new Alive()),
        new("upgrade-second-while-upgrading", new Open(), s_dial, s_probe, s_receive, new Dial("second", HttpRequest.Upgrade), new End("second"), s_upgrade, s_aliveOnWebSocket),
        new("upgrade-second-when-upgraded", new Open(), s_dial, s_probe, s_receive, s_upgrade, s_aliveOnWebSocket, new Dial("second", HttpRequest.Upgrade), new End("second"), s_aliveOnWebSocket),
        new("upgrade-websocket-closed-then-again", new Open(), s_dial, s_probe, s_receive, new Send("ws", Frames.Close(1000)), new End("ws"), new Alive(), s_dial, s_probe, s_receive, s_upgrade,
            s_aliveOnWebSocket),
        new("upgrade-sid-unknown", new Dial("ws", HttpRequest.Upgrade.Asking("EIO=4&transport=websocket&sid=abcdefghijklmnopqrst"))),
        new("upgrade-when-session-is-gone", new Open(), new Ask(HttpRequest.Post("1")), new Reason(), s_dial),
    ];

    private static TranscriptCase[] Endings() =>
    [
        new("upgrade-post-close-while-probing", new Open(), s_dial, s_probe, s_receive, new Ask(HttpRequest.Post("1")), new End("ws"), new Reason()),
        new("upgrade-post-unparsable-while-probing", new Open(), s_dial, s_probe, s_receive, new Ask(HttpRequest.Post("abc")), new End("ws"), new Reason()),
        new("upgraded-closed-by-the-server", new Open(), s_dial, s_probe, s_receive, s_upgrade, new Send("ws", Frames.Text("4close")), new End("ws"), new Reason()),
        new("upgraded-closed-by-the-client", new Open(), s_dial, s_probe, s_receive, s_upgrade, s_aliveOnWebSocket, new Send("ws", Frames.Close(1000)), new End("ws"), new Reason()),
        new("upgraded-cut", new Open(), s_dial, s_probe, s_receive, s_upgrade, s_aliveOnWebSocket, new Cut("ws"), new Reason(), new Ask(HttpRequest.Poll)),
    ];
}

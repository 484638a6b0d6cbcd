using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>Sessions on a WebSocket: how they begin, and frames, right and wrong (RFC 6455).</summary>
internal static class WebSocketCases
{
    private const int MaxPayload = 1_000_000;

    private static readonly HttpRequest s_webSocket = HttpRequest.WebSocket;

    public static TranscriptCase[] All { get; } = [.. Handshakes(), .. Messages(), .. Packets(), .. FrameViolations(), .. Endings()];

    private static TranscriptCase[] Handshakes() =>
    [
        new("ws-handshake", new Dial("ws", s_webSocket), new Receive("ws"), new AliveOn("ws")),
        new("ws-transport-missing", new Dial("ws", s_webSocket.Asking("EIO=4"))),
        new("ws-transport-unknown", new Dial("ws", s_webSocket.Asking("EIO=4&transport=pigeon"))),
        new("ws-transport-polling", new Dial("ws", s_webSocket.Asking("EIO=4&transport=polling")), new End("ws")),
        new("ws-version-3", new Dial("ws", s_webSocket.Asking("EIO=3&transport=websocket"))),
        new("ws-sid-unknown", new Dial("ws", s_webSocket.Asking("EIO=4&transport=websocket&sid=abc"))),
        new("ws-version-3-with-sid", new Open(), new Dial("ws", HttpRequest.Upgrade.Asking("EIO=3&transport=websocket&sid={sid}")), new Alive()),
        new("ws-sec-version-8", new Dial("ws", s_webSocket.With("Sec-WebSocket-Version", "8")), new Receive("ws")),
        new("ws-sec-version-12", new Dial("ws", s_webSocket.With("Sec-WebSocket-Version", "12"))),
        new("ws-sec-version-missing", new Dial("ws", s_webSocket.Without("Sec-WebSocket-Version"))),
        new("ws-key-missing", new Dial("ws", s_webSocket.Without("Sec-WebSocket-Key"))),
        new("ws-key-short", new Dial("ws", s_webSocket.With("Sec-WebSocket-Key", "c2hvcnQ="))),
        new("ws-method-post", new Dial("ws", s_webSocket.By("POST").With("Content-Length", "0"))),
        new("ws-upgrade-in-capitals", new Dial("ws", s_webSocket.With("Upgrade", "WebSocket")), new Receive("ws")),
        new("ws-upgrade-to-something-else", new Dial("ws", s_webSocket.With("Upgrade", "h2c"))),
        new("ws-subprotocols-offered", new Dial("ws", s_webSocket.With("Sec-WebSocket-Protocol", "chat.v2, chat.v1"))),
        new("ws-deflate-offered", new Dial("ws", s_webSocket.With("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")), new Receive("ws"), new AliveOn("ws")),
        new("ws-second-for-the-same-session", new OpenWebSocket(), new Dial("second", HttpRequest.Upgrade), new Send("second", Frames.Text("4x")), new End("second"), new AliveOn("ws")),
    ];

    private static TranscriptCase[] Messages() =>
    [
        .. from length in (int[])[0, 1, 124, 125, 126, 65_534, 65_535, 65_536, MaxPayload - 1]
           select new TranscriptCase($"ws-text-{length}", new OpenWebSocket(), new Send("ws", Frames.Text("4" + new string('x', length))), new Receive("ws")),
        .. from length in (int[])[0, 1, 125, 126, 65_535, 65_536, MaxPayload]
           select new TranscriptCase($"ws-binary-{length}", new OpenWebSocket(), new Send("ws", Frames.Binary(new byte[length])), new Receive("ws")),
        new("ws-text-too-large", new OpenWebSocket(), new Send("ws", Frames.Text("4" + new string('x', MaxPayload))), new End("ws"), new Reason()),
        new("ws-binary-too-large", new OpenWebSocket(), new Send("ws", Frames.Binary(new byte[MaxPayload + 1])), new End("ws"), new Reason()),
        new("ws-fragments-too-large", new OpenWebSocket(), new Send("ws", Frames.Of(0x02, new byte[MaxPayload]), Frames.Of(0x80, 1)), new End("ws"), new Reason()),
        new("ws-base64-message", new OpenWebSocket(), new Send("ws", Frames.Text("bAAEC")), new Receive("ws")),
        new("ws-b64-session", new OpenWebSocket("EIO=4&transport=websocket&b64=1"), new Send("ws", Frames.Binary(0, 1, 2), Frames.Text("4x")), new Receive("ws", 2)),
        new("ws-unicode", new OpenWebSocket(), new Send("ws", Frames.Text("4é€😀")), new Receive("ws")),
        new("ws-separator-is-part-of-the-message", new OpenWebSocket(), new Send("ws", Frames.Text("4a\u001e4b")), new Receive("ws")),
        new("ws-many-frames-at-once", new OpenWebSocket(), new Send("ws", Frames.Text("4a"), Frames.Binary(1), Frames.Ping("p"), Frames.Text("4b")), new Receive("ws", 4)),
        new("ws-fragments", new OpenWebSocket(), new Send("ws", Frames.Of(0x01, "4he"u8.ToArray()), Frames.Of(0x00, "ll"u8.ToArray()), Frames.Of(0x80, "o"u8.ToArray())), new Receive("ws")),
        new("ws-ping-between-fragments", new OpenWebSocket(), new Send("ws", Frames.Of(0x01, "4he"u8.ToArray()), Frames.Ping("p"), Frames.Of(0x80, "llo"u8.ToArray())), new Receive("ws", 2)),
        new("ws-text-character-across-fragments", new OpenWebSocket(), new Send("ws", Frames.Of(0x01, (byte)'4', 0xc3), Frames.Of(0x80, 0xa9)), new Receive("ws")),
        new("ws-ping", new OpenWebSocket(), new Send("ws", Frames.Ping("hello")), new Receive("ws"), new AliveOn("ws")),
        new("ws-ping-empty", new OpenWebSocket(), new Send("ws", Frames.Ping("")), new Receive("ws"), new AliveOn("ws")),
        new("ws-pong-unasked", new OpenWebSocket(), new Send("ws", Frames.Pong("hello")), new AliveOn("ws")),
    ];

    private static TranscriptCase[] Packets() =>
    [
        .. from packet in (string[])["0", "3", "5", "6", "3probe", "0x"]
           select new TranscriptCase($"ws-ignored-{packet}", new OpenWebSocket(), new Send("ws", Frames.Text(packet)), new AliveOn("ws")),
        .. from packet in ((string Name, string Text)[])[("nothing", ""), ("letter", "x"), ("7", "7"), ("9", "9"), ("minus", "-"), ("space", " 4x"), ("separator", "\u001e")]
           select new TranscriptCase($"ws-unparsable-{packet.Name}", new OpenWebSocket(), new Send("ws", Frames.Text(packet.Text)), new End("ws"), new Reason()),
        new("ws-ping-packet", new OpenWebSocket(), new Send("ws", Frames.Text("2")), new End("ws"), new Reason()),
        new("ws-probe-packet", new OpenWebSocket(), new Send("ws", Frames.Text("2probe")), new End("ws"), new Reason()),
        new("ws-close-packet", new OpenWebSocket(), new Send("ws", Frames.Text("1")), new End("ws"), new Reason()) { HasHeartbeat = true },
        new("ws-message-then-unparsable", new OpenWebSocket(), new Send("ws", Frames.Text("4a"), Frames.Text("x"), Frames.Text("4b")), new End("ws"), new Reason()),
    ];

    private static TranscriptCase[] FrameViolations() =>
    [
        Violation("unmasked", Frames.Unmasked("4x")),
        Violation("invalid-utf8", Frames.Of(0x81, (byte)'4', 0xff)),
        Violation("utf8-surrogate", Frames.Of(0x81, (byte)'4', 0xed, 0xa0, 0x80)),
        Violation("utf8-overlong", Frames.Of(0x81, (byte)'4', 0xc0, 0xaf)),
        Violation("utf8-cut-short", Frames.Of(0x81, (byte)'4', 0xe2, 0x82)),
        Violation("reserved-bit-1", Frames.Of(0xc1, "4x"u8.ToArray())),
        Violation("reserved-bit-2", Frames.Of(0xa1, "4x"u8.ToArray())),
        Violation("reserved-opcode-3", Frames.Of(0x83, "4x"u8.ToArray())),
        Violation("reserved-opcode-11", Frames.Of(0x8b)),
        Violation("continuation-of-nothing", Frames.Of(0x80, "4x"u8.ToArray())),
        Violation("text-inside-fragments", Frames.Of(0x01, "4x"u8.ToArray()), Frames.Text("4y")),
        Violation("ping-in-fragments", Frames.Of(0x09, "p"u8.ToArray())),
        Violation("ping-too-large", Frames.Of(0x89, new byte[126])),
        Violation("close-payload-of-one-byte", Frames.Of(0x88, 3)),
        Violation("close-code-1005", Frames.Close(1005)),
        Violation("close-code-999", Frames.Close(999)),
        Violation("close-text-invalid-utf8", Frames.Of(0x88, 0x03, 0xe8, 0xff)),
        Violation("length-beyond-63-bits", [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]),
        new("ws-length-in-too-many-bytes", new OpenWebSocket(), new Send("ws", [0x81, 0xfe, 0x00, 0x02, 0, 0, 0, 0, .. "4x"u8]), new Receive("ws")),
    ];

    private static TranscriptCase[] Endings() =>
    [
        .. from code in (ushort[])[1000, 1001, 1011, 3000, 4001]
           select new TranscriptCase($"ws-close-{code}", new OpenWebSocket(), new Send("ws", Frames.Close(code, "bye")), new End("ws"), new Reason()),
        new("ws-close-without-code", new OpenWebSocket(), new Send("ws", Frames.Close()), new End("ws"), new Reason()),
        new("ws-message-then-close", new OpenWebSocket(), new Send("ws", Frames.Text("4a")), new Receive("ws"), new Send("ws", Frames.Close(1000)), new End("ws"), new Reason()),
        new("ws-frames-behind-close", new OpenWebSocket(), new Send("ws", Frames.Close(1000), Frames.Text("4a")), new End("ws"), new Reason()),
        new("ws-cut", new OpenWebSocket(), new Cut("ws"), new Reason()),
        new("ws-cut-inside-a-frame", new OpenWebSocket(), new Send("ws", Frames.Text("4hello")[..4]), new Cut("ws"), new Reason()),
        new("ws-closed-by-the-server", new OpenWebSocket(), new Send("ws", Frames.Text("4close")), new End("ws"), new Reason()),
        new("ws-closed-by-the-server-behind-messages", new OpenWebSocket(), new Send("ws", Frames.Text("4a"), Frames.Text("4b"), Frames.Text("4close")), new End("ws"), new Reason()),
    ];

    private static TranscriptCase Violation(string id, params byte[][] frames) => new($"ws-{id}", new OpenWebSocket(), new Send("ws", frames), new End("ws"), new Reason());
}

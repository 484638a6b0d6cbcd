using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>How a session begins over HTTP, and what is refused.</summary>
internal static class HandshakeCases
{
    private static readonly HttpRequest s_handshake = HttpRequest.Handshake;

    public static TranscriptCase[] All { get; } =
    [
        new("handshake", new Ask(s_handshake), new Alive()),
        new("handshake-with-timestamp", new Ask(s_handshake.Asking("EIO=4&transport=polling&t=Ab3-x_Z1")), new Alive()),
        new("handshake-with-unknown-parameters", new Ask(s_handshake.Asking("EIO=4&transport=polling&colour=blue&sid2=x")), new Alive()),
        new("handshake-with-empty-sid", new Ask(s_handshake.Asking("EIO=4&transport=polling&sid=")), new Alive()),
        new("handshake-below-the-path", new Ask(s_handshake.To("/engine.io/room/7?EIO=4&transport=polling"))),
        new("handshake-without-slash", new Ask(s_handshake.To("/engine.io?EIO=4&transport=polling"))),
        new("handshake-at-another-path", new Ask(s_handshake.To("/engine.iox/?EIO=4&transport=polling"))),
        new("transport-missing", new Ask(s_handshake.Asking("EIO=4"))),
        new("transport-empty", new Ask(s_handshake.Asking("EIO=4&transport="))),
        new("transport-unknown", new Ask(s_handshake.Asking("EIO=4&transport=pigeon"))),
        new("transport-in-capitals", new Ask(s_handshake.Asking("EIO=4&transport=POLLING"))),
        new("transport-webtransport", new Ask(s_handshake.Asking("EIO=4&transport=webtransport"))),
        new("transport-constructor", new Ask(s_handshake.Asking("EIO=4&transport=constructor"))),
        new("transport-prototype", new Ask(s_handshake.Asking("EIO=4&transport=__proto__"))),
        new("transport-twice", new Ask(s_handshake.Asking("EIO=4&transport=pigeon&transport=polling"))),
        new("transport-websocket-without-upgrade", new Ask(s_handshake.Asking("EIO=4&transport=websocket"))),
        new("transport-is-not-the-sessions", new OpenWebSocket(), new Ask(HttpRequest.Poll), new AliveOn("ws")),
        new("transport-websocket-with-sid-without-upgrade", new Open(), new Ask(HttpRequest.Poll.Asking("EIO=4&transport=websocket&sid={sid}")), new Alive()),
        new("sid-unknown", new Ask(s_handshake.Asking("EIO=4&transport=polling&sid=abcdefghijklmnopqrst"))),
        new("sid-prototype", new Ask(s_handshake.Asking("EIO=4&transport=polling&sid=__proto__"))),
        new("sid-unknown-on-post", new Ask(HttpRequest.Post("4x").Asking("EIO=4&transport=polling&sid=abc"))),
        new("sid-unknown-and-transport-unknown", new Ask(s_handshake.Asking("EIO=4&transport=pigeon&sid=abc"))),
        new("sid-unknown-and-version-wrong", new Ask(s_handshake.Asking("EIO=3&transport=polling&sid=abc"))),
        new("method-post", new Ask(HttpRequest.Post("4x").To(s_handshake.Target))),
        new("method-head", new Ask(s_handshake.By("HEAD"))),
        new("method-put", new Ask(s_handshake.By("PUT"))),
        new("method-delete", new Ask(s_handshake.By("DELETE"))),
        new("method-post-and-transport-unknown", new Ask(HttpRequest.Post("4x").Asking("EIO=4&transport=pigeon"))),
        new("method-post-and-version-wrong", new Ask(HttpRequest.Post("4x").Asking("EIO=3&transport=polling"))),
        new("version-missing", new Ask(s_handshake.Asking("transport=polling"))),
        new("version-3", new Ask(s_handshake.Asking("EIO=3&transport=polling"))),
        new("version-5", new Ask(s_handshake.Asking("EIO=5&transport=polling"))),
        new("version-44", new Ask(s_handshake.Asking("EIO=44&transport=polling"))),
        new("version-twice", new Ask(s_handshake.Asking("EIO=3&EIO=4&transport=polling"))),
        new("version-3-with-sid", new Open(), new Ask(HttpRequest.Poll.Asking("EIO=3&transport=polling&sid={sid}")), new Alive()),
        new("version-missing-with-sid", new Open(), new Ask(HttpRequest.Poll.Asking("transport=polling&sid={sid}")), new Alive()),
        new("origin-with-latin-letters", new Ask(s_handshake.With("Origin", "http://caf\u00e9.example"))),
        new("origin-with-control-character", new Ask(s_handshake.With("Origin", "http://a\u0001.example"))),
    ];
}

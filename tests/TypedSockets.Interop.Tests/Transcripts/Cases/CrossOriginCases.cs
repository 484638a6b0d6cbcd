using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>Pages of other origins, where every origin is allowed, and headers for some browsers only.</summary>
internal static class CrossOriginCases
{
    private const string Page = "https://page.example";

    private static readonly HttpRequest s_preflight = new HttpRequest("OPTIONS", HttpRequest.Handshake.Target).With("Origin", Page).With("Access-Control-Request-Method", "POST");

    public static TranscriptCase[] All { get; } =
    [
        new("cors-handshake", new Ask(HttpRequest.Handshake.With("Origin", Page)), new Alive()),
        new("cors-post-and-poll", new Open(), new Ask(HttpRequest.Post("4x").With("Origin", Page)), new Ask(HttpRequest.Poll.With("Origin", Page))),
        new("cors-refusal", new Ask(HttpRequest.Handshake.Asking("EIO=4").With("Origin", Page))),
        new("cors-preflight", new Ask(s_preflight)),
        new("cors-preflight-with-headers", new Ask(s_preflight.With("Access-Control-Request-Headers", "content-type,x-token"))),
        new("cors-preflight-with-sid", new Open(), new Ask(s_preflight.To(HttpRequest.Poll.Target)), new Alive()),
        new("cors-preflight-with-unknown-sid", new Ask(s_preflight.Asking("EIO=4&transport=polling&sid=abc"))),
        new("cors-options-without-origin", new Ask(new HttpRequest("OPTIONS", HttpRequest.Handshake.Target))),
        new("cors-websocket", new Dial("ws", HttpRequest.WebSocket.With("Origin", Page)), new Receive("ws"), new AliveOn("ws")),
        new("cors-websocket-refusal", new Dial("ws", HttpRequest.WebSocket.Asking("EIO=4&transport=pigeon").With("Origin", Page))),
        new("cors-null-origin", new Ask(HttpRequest.Handshake.With("Origin", "null"))),
        new("internet-explorer", new Open(), new Ask(HttpRequest.Post("4x").With("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko")), new Alive()),
    ];
}

using System.Text;
using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts.Cases;

/// <summary>Messages over polling: payloads, limits, and requests that overlap or break off.</summary>
internal static class PollingCases
{
    private const char Separator = '\u001e';
    private const int MaxPayload = 1_000_000;

    public static TranscriptCase[] All { get; } =
    [
        .. Echoes(),
        .. Ignored(),
        .. Violations(),
        .. Overlaps(),
        .. Methods(),
        .. Limits(),
    ];

    private static TranscriptCase[] Echoes() =>
    [
        new("post-text", new Open(), new Ask(HttpRequest.Post("4hello")), new Ask(HttpRequest.Poll)),
        new("post-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("4hello")), new Answer("held"), new Alive()),
        new("post-empty-message", new Open(), new Ask(HttpRequest.Post("4")), new Ask(HttpRequest.Poll)),
        new("post-unicode", new Open(), new Ask(HttpRequest.Post("4é€😀\u0000 ")), new Ask(HttpRequest.Poll)),
        new("post-several-packets", new Open(), new Ask(HttpRequest.Post($"4a{Separator}4b{Separator}4c")), new Ask(HttpRequest.Poll)),
        new("post-several-posts", new Open(), new Ask(HttpRequest.Post("4a")), new Ask(HttpRequest.Post("4b")), new Ask(HttpRequest.Poll)),
        new("post-binary", new Open(), new Ask(HttpRequest.Post("bAAECAwT/")), new Ask(HttpRequest.Poll)),
        new("post-empty-binary", new Open(), new Ask(HttpRequest.Post("b")), new Ask(HttpRequest.Poll)),
        new("post-text-and-binary", new Open(), new Ask(HttpRequest.Post($"4a{Separator}bAAEC{Separator}4b")), new Ask(HttpRequest.Poll)),
        new("post-binary-without-padding", new Open(), new Ask(HttpRequest.Post("bAAECAw")), new Ask(HttpRequest.Poll)),
        new("post-binary-with-url-alphabet", new Open(), new Ask(HttpRequest.Post("b-_-_")), new Ask(HttpRequest.Poll)),
        new("b64-session", new Open("EIO=4&transport=polling&b64=1"), new Ask(HttpRequest.Post("bAAEC")), new Ask(HttpRequest.Poll)),
        new("post-chunked", new Open(), new Ask(HttpRequest.Post("7\r\n4hello!\r\n0\r\n\r\n").With("Transfer-Encoding", "chunked")), new Ask(HttpRequest.Poll)),
        new("post-without-content-type", new Open(), new Ask(HttpRequest.Post("4hello").Without("Content-Type")), new Ask(HttpRequest.Poll)),
        new("post-json-content-type", new Open(), new Ask(HttpRequest.Post("4hello").With("Content-Type", "application/json")), new Ask(HttpRequest.Poll)),
        new("post-invalid-utf8", new Open(), new Ask(HttpRequest.Post([(byte)'4', 0xff, (byte)'a'])), new Ask(HttpRequest.Poll)),
        new("get-with-body", new Open(), new Ask(HttpRequest.Post("4a")), new Ask(HttpRequest.Poll with { Body = "4b"u8.ToArray() }), new Alive()),
        new("get-compressed", new Open(), new Ask(HttpRequest.Post("4" + new string('x', 5_000))), new Ask(HttpRequest.Poll.With("Accept-Encoding", "gzip, deflate, br"))),
        new("get-too-small-to-compress", new Open(), new Ask(HttpRequest.Post("4" + new string('x', 500))), new Ask(HttpRequest.Poll.With("Accept-Encoding", "gzip"))),
        new("jsonp", new Ask(HttpRequest.Handshake.Asking("EIO=4&transport=polling&j=0"))),
    ];

    private static TranscriptCase[] Ignored() =>
    [
        .. from packet in (string[])["0", "5", "6", "3", "0x", "3x"]
           select new TranscriptCase($"post-ignored-{packet}", new Open(), new Ask(HttpRequest.Post(packet)), new Alive()),
    ];

    private static TranscriptCase[] Violations() =>
    [
        Unparsable("letters", "abc"),
        Unparsable("7", "7"),
        Unparsable("minus", "-1"),
        Unparsable("nothing", ""),
        Unparsable("second", $"4a{Separator}x"),
        new("post-separator-at-the-end", new Open(), new Ask(HttpRequest.Post($"4a{Separator}")), new Ask(HttpRequest.Poll)),
        Unparsable("separator-at-the-beginning", $"{Separator}4a"),
        Unparsable("separator-twice", $"4a{Separator}{Separator}4b"),
        new("post-unparsable-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post("abc")), new Reason(), new Answer("held")),
        new("post-message-then-unparsable-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Post($"4a{Separator}x")), new Reason(), new Answer("held")),
        new("post-invalid-base64", new Open(), new Ask(HttpRequest.Post("b!!!")), new Ask(HttpRequest.Poll), new Alive()),
        new("post-ping", new Open(), new Ask(HttpRequest.Post("2")), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-probe", new Open(), new Ask(HttpRequest.Post("2probe")), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-octet-stream", new Open(), new Ask(HttpRequest.Post([1, 2, 3]).With("Content-Type", "application/octet-stream")), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-octet-stream-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll),
            new Ask(HttpRequest.Post([1, 2, 3]).With("Content-Type", "application/octet-stream")), new Reason(), new Answer("held")),
    ];

    private static TranscriptCase[] Overlaps() =>
    [
        new("get-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Ask(HttpRequest.Poll), new Answer("held"), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-while-post-is-read", new Open(), new Begin("first", HttpRequest.Post("4hello") with { SentBytes = 3 }), new Ask(HttpRequest.Post("4b")), new Reason(), new Answer("first")),
        new("get-cut", new Open(), new Begin("held", HttpRequest.Poll), new Cut("held"), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-cut", new Open(), new Begin("first", HttpRequest.Post("4hello") with { SentBytes = 3 }), new Cut("first"), new Reason(), new Ask(HttpRequest.Poll)),
        new("post-cut-while-get-is-held", new Open(), new Begin("held", HttpRequest.Poll), new Begin("first", HttpRequest.Post("4hello") with { SentBytes = 3 }), new Cut("first"), new Reason(),
            new Answer("held")),
        new("get-while-post-is-read", new Open(), new Begin("first", HttpRequest.Post("4hello") with { SentBytes = 3 }), new Begin("held", HttpRequest.Poll), new Send("first", "llo"u8.ToArray()),
            new Answer("first"), new Answer("held"), new Alive()),
    ];

    private static TranscriptCase[] Methods() =>
    [
        .. from method in (string[])["HEAD", "PUT", "DELETE", "PATCH"]
           select new TranscriptCase($"session-method-{method.ToLowerInvariant()}", new Open(), new Ask(HttpRequest.Poll.By(method)), new Alive()),
    ];

    private static TranscriptCase[] Limits() =>
    [
        new("post-of-the-largest-size", new Open(), new Ask(HttpRequest.Post("4" + new string('x', MaxPayload - 1))), new Ask(HttpRequest.Poll)),
        new("post-too-large", new Open(), new Ask(HttpRequest.Post("4" + new string('x', MaxPayload))), new Alive()),
        new("post-chunked-too-large", new Open(), new Ask(HttpRequest.Post(Chunked(MaxPayload + 1)).With("Transfer-Encoding", "chunked")), new Alive()),
        new("post-too-large-in-bytes", new Open(), new Ask(HttpRequest.Post("4" + new string('é', MaxPayload / 2))), new Alive()),
        new("get-more-than-the-largest-payload", new Open(), new Ask(HttpRequest.Post("4" + new string('x', MaxPayload - 1))), new Ask(HttpRequest.Post("4" + new string('y', MaxPayload - 1))),
            new Ask(HttpRequest.Poll)),
    ];

    private static TranscriptCase Unparsable(string name, string payload) =>
        new($"post-unparsable-{name}", new Open(), new Ask(HttpRequest.Post(payload)), new Reason(), new Ask(HttpRequest.Poll));

    private static string Chunked(int length) => new StringBuilder().Append($"{length:x}\r\n").Append('4').Append('x', length - 1).Append("\r\n0\r\n\r\n").ToString();
}

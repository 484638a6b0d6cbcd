using TypedSockets.Interop.Tests.Transcripts.Cases;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>Every case, by id.</summary>
internal static class Transcript
{
    public static IReadOnlyDictionary<string, TranscriptCase> Cases { get; } =
        new[] { HandshakeCases.All, CrossOriginCases.All, PollingCases.All, WebSocketCases.All, UpgradeCases.All, ClosingCases.All }.SelectMany(cases => cases).ToDictionary(transcript => transcript.Id);
}

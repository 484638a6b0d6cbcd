using TypedSockets.Interop.Tests.Transcripts.Steps;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>What a peer does, step by step, the same against each server.</summary>
internal sealed record TranscriptCase(string Id, params Step[] Steps)
{
    /// <summary>Whether heartbeats are due while it is played.</summary>
    public bool HasHeartbeat { get; init; }
}

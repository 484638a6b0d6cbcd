namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>One thing that a peer sees of a server, comparable between servers.</summary>
internal sealed record Observation(string Subject, string Value)
{
    public override string ToString() => $"{Subject}: {Value}";
}

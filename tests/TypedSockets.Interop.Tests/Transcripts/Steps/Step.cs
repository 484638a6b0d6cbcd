namespace TypedSockets.Interop.Tests.Transcripts.Steps;

/// <summary>One thing that a peer does or waits for.</summary>
internal abstract record Step
{
    public abstract Task PlayAsync(Scene scene);
}

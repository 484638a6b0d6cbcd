namespace TypedSockets.Testing.Tests;

/// <summary>A client that takes everything.</summary>
internal sealed class Guest : IPartyClient
{
    private readonly TaskCompletionSource<string> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heard(string text) => _heard.TrySetResult(text);

    public Func<string, ValueTask<string>> OnAnswer { get; set; } = question => new(question + "!");

    public ValueTask<string> Answer(string question) => OnAnswer(question);
}

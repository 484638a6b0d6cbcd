namespace TypedSockets.Client.Hosting.Tests.Guide;

public sealed class ChatView : IChatClient
{
    public TaskCompletionSource<string> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Said(string text) => Heard.TrySetResult(text);
}

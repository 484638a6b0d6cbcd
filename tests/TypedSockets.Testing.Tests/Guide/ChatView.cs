using System.Threading.Channels;

namespace TypedSockets.Testing.Tests.Guide;

/// <summary>What a client was told, to be awaited.</summary>
public sealed class ChatView : IChatClient
{
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

    public void Said(string text) => _said.Writer.TryWrite(text);

    public async Task<string> NextAsync() => await _said.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}

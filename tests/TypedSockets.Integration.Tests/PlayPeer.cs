using System.Threading.Channels;
using TypedSockets.Client;
using TypedSockets.Testing;

namespace TypedSockets.Integration.Tests;

/// <summary>A client that records what it is told.</summary>
public sealed class PlayPeer : IPlayClient, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly LifecycleRecording _lifecycle;

    public PlayPeer(string address, TypedSocketOptions? options = null)
    {
        Socket = new TypedSocket(address, options);
        Server = Socket.Open(IPlayServer.Contract, this);
        _lifecycle = LifecycleRecording.Of(Socket);
    }

    public TypedSocket Socket { get; }

    public IPlayServer Server { get; }

    public Func<string, CancellationToken, ValueTask<string>> OnAnswer { get; set; } = (question, _) => new(question + "!");

    public Action<string> OnSaid { get; set; } = _ => { };

    public async Task<string> NextSaidAsync() => await _said.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public Task<T> NextAsync<T>()
        where T : ConnectionEvent => _lifecycle.NextAsync<T>();

    public void Said(string text)
    {
        OnSaid(text);
        _said.Writer.TryWrite(text);
    }

    public ValueTask<string> Answer(string question, CancellationToken cancellationToken) => OnAnswer(question, cancellationToken);

    public void Left(string who, string why) => _said.Writer.TryWrite($"left: {why}");

    public ValueTask DisposeAsync() => Socket.DisposeAsync();
}

using System.Threading.Channels;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>A client that records what it is told.</summary>
public sealed class PlayPeer : IPlayClient, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();

    public PlayPeer(string address, TypedSocketOptions? options = null)
    {
        Socket = new TypedSocket(address, options);
        Server = Socket.Open(IPlayServer.Contract, this);
        Socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
    }

    public TypedSocket Socket { get; }

    public IPlayServer Server { get; }

    public Func<string, CancellationToken, ValueTask<string>> OnAnswer { get; set; } = (question, _) => new(question + "!");

    public Action<string> OnSaid { get; set; } = _ => { };

    public async Task<string> NextSaidAsync() => await _said.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    public async Task<T> NextAsync<T>() where T : ConnectionEvent
    {
        List<ConnectionEvent> others = [];
        try
        {
            while (true)
            {
                var next = await _changes.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
                if (next is T change)
                {
                    return change;
                }

                others.Add(next);
            }
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No {typeof(T).Name} came, but {(others.Count == 0 ? "nothing" : string.Join("; ", others.TakeLast(20)))}.");
        }
    }

    public void Said(string text)
    {
        OnSaid(text);
        _said.Writer.TryWrite(text);
    }

    public ValueTask<string> Answer(string question, CancellationToken cancellationToken) => OnAnswer(question, cancellationToken);

    public void Left(string who, string why) => _said.Writer.TryWrite($"left: {why}");

    public ValueTask DisposeAsync() => Socket.DisposeAsync();
}

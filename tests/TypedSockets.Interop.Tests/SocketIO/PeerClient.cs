using System.Threading.Channels;
using TypedSockets.Client;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Our client with both contracts, which records what it is told.</summary>
internal sealed class PeerClient : IPeerClient, IRootClient, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();

    public PeerClient(Uri address, TypedSocketOptions? options = null)
    {
        Socket = new TypedSocket(address, options);
        Server = Socket.Open(IPeerServer.Contract, this);
        Root = Socket.Open(IRootServer.Contract, this);
        Socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
    }

    public TypedSocket Socket { get; }

    public IPeerServer Server { get; }

    public IRootServer Root { get; }

    /// <summary>What the request 'Ignore' waits for.</summary>
    public SemaphoreSlim Release { get; } = new(0);

    /// <summary>The next events that came, in order.</summary>
    public async Task<string[]> TakeAsync(int count)
    {
        var taken = new string[count];
        for (var index = 0; index < count; index++)
        {
            taken[index] = await _events.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
        }

        return taken;
    }

    public async Task<T> NextAsync<T>() where T : ConnectionEvent
    {
        while (true)
        {
            if (await _changes.Reader.ReadAsync().AsTask().WaitAsync(s_patience) is T change)
            {
                return change;
            }
        }
    }

    public void Said(string text) => _events.Writer.TryWrite($"said {text}");

    public void Sent(Parcel parcel) => _events.Writer.TryWrite($"sent {Describe(parcel)}");

    public void Moved(int x, int y) => _events.Writer.TryWrite($"moved {x} {y}");

    public void Noted(string text) => _events.Writer.TryWrite($"noted {text}");

    public ValueTask<string> Answer(string question) => question == "fail" ? throw new InvalidOperationException(question) : new($"{question}!");

    public ValueTask<byte[]> Reverse(byte[] bytes) => new((byte[])[.. bytes.Reverse()]);

    public async ValueTask<string> Ignore(string question)
    {
        await Release.WaitAsync();
        return question;
    }

    public async ValueTask DisposeAsync()
    {
        Release.Release();
        await Socket.DisposeAsync();
        Release.Dispose();
    }

    private static string Describe(Parcel parcel) =>
        $"{parcel.Name} {Convert.ToHexString(parcel.Content)}{(parcel.Inner is { } inner ? $" {parcel.Name}.inner {Convert.ToHexString(inner.Content)}" : "")}";
}

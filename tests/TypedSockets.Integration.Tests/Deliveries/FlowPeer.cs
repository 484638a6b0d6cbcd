using System.Threading.Channels;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>A client that stops reading while its first event is being handled, until it is told to go on.</summary>
public sealed class FlowPeer : IFlowClient, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Channel<(string Event, int Number)> _received = Channel.CreateUnbounded<(string, int)>();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();
    private readonly ManualResetEventSlim _reads;

    private FlowPeer(string address, TypedSocketOptions? options, bool stops)
    {
        _reads = new ManualResetEventSlim(!stops);
        Socket = new TypedSocket(address, options);
        Server = Socket.Open(IFlowServer.Contract, this);
        Socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
    }

    public TypedSocket Socket { get; }

    public IFlowServer Server { get; }

    public string ConnectionId { get; private set; } = "";

    public static async Task<FlowPeer> ConnectAsync(PlayServer server, bool stops, TypedSocketOptions? options = null)
    {
        var peer = new FlowPeer(server.Address, options, stops);
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        peer.ConnectionId = (await peer.NextAsync<Connected>()).ConnectionId;
        return peer;
    }

    public void ReadOn() => _reads.Set();

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

    /// <summary>What was received, up to the note with this number.</summary>
    public async Task<List<(string Event, int Number)>> ReceiveToAsync(int lastNote) => await FlowRecord.ReadToAsync(_received.Reader, ("noted", lastNote));

    public void Moved(string who, int number, string filling) => Receive($"moved {who}", number);

    public void State(int number) => Receive("state", number);

    public void Sampled(int number, string filling) => Receive("sampled", number);

    public void Noted(int number, string filling) => Receive("noted", number);

    public async ValueTask DisposeAsync()
    {
        _reads.Set();
        await Socket.DisposeAsync();
        _reads.Dispose();
    }

    private void Receive(string @event, int number)
    {
        _received.Writer.TryWrite((@event, number));
        // On the receive loop, which so reads no further.
        _reads.Wait();
    }
}

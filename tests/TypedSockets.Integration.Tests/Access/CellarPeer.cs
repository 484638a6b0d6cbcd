using System.Threading.Channels;
using TypedSockets.Client;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>A client of the cellar that records what it is told.</summary>
internal sealed class CellarPeer : ICellarClient, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _rang = Channel.CreateUnbounded<string>();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();

    /// <param name="server">The server.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="speaksTs1">Whether the two ends speak their own codec, or Socket.IO.</param>
    public CellarPeer(PlayServer server, TypedSocketOptions options, bool speaksTs1 = true)
    {
        Socket = new TypedSocket(server.Address, options);
        Cellar = Socket.Open(ICellarServer.Contract, this);
        if (!speaksTs1)
        {
            Socket.OpenDynamic("/cellar");
        }

        Socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
    }

    public TypedSocket Socket { get; }

    public ICellarServer Cellar { get; }

    public static async Task<CellarPeer> ConnectAsync(PlayServer server, TypedSocketOptions options, bool speaksTs1 = true)
    {
        var peer = new CellarPeer(server, options, speaksTs1);
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public void Rang(string text) => _rang.Writer.TryWrite(text);

    public async Task<string> NextRangAsync() => await _rang.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

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

    public ValueTask DisposeAsync() => Socket.DisposeAsync();
}

using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>A client of the club, which answers by asking back, and its server.</summary>
public sealed class ClubPeer : IClubClient, IAsyncDisposable
{
    private readonly PlayServer _server;

    private ClubPeer(PlayServer server, TypedSocketOptions? options)
    {
        _server = server;
        Socket = new TypedSocket(server.Address, options);
        Club = Socket.Open(IClubServer.Contract, this);
    }

    public TypedSocket Socket { get; }

    public IClubServer Club { get; }

    public PlayLog Log => _server.Log;

    /// <summary>What the client does at the bottom of a dive.</summary>
    public Func<CancellationToken, ValueTask<string>> OnBottom { get; set; } = _ => new("c");

    public static async Task<ClubPeer> ConnectAsync(Action<TypedSocketServerOptions>? configure = null, TypedSocketOptions? options = null)
    {
        var server = await PlayServer.StartAsync(configure, configureServices: services => services.AddTypedSockets().AddHub(IClubServer.Contract.HandledBy<ClubHub>()));
        var peer = new ClubPeer(server, options);
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public async ValueTask<string> Dive(int depth, CancellationToken cancellationToken)
    {
        Log.Add($"client {depth}");
        return depth == 0 ? await OnBottom(cancellationToken) : "c" + await Club.Dive(depth - 1, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Socket.DisposeAsync();
        await _server.DisposeAsync();
    }
}

using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Streams;

/// <summary>A server with the hub of streams, and one client of it.</summary>
public sealed class StreamPeer : IStreamClient, IAsyncDisposable
{
    private readonly PlayServer _server;

    private StreamPeer(PlayServer server, TypedSocketOptions? options)
    {
        _server = server;
        Socket = new TypedSocket(server.Address, options);
        Server = Socket.Open(IStreamServer.Contract, this);
        Socket.Lifecycle.Subscribe(change =>
        {
            if (change is Disconnected disconnected)
            {
                Disconnected.TrySetResult(disconnected.Reason);
            }
        });
    }

    public TypedSocket Socket { get; }

    public IStreamServer Server { get; }

    /// <summary>The services of the server.</summary>
    public IServiceProvider Services => _server.Services;

    public StreamLog Log { get; private init; } = null!;

    /// <summary>What the client streams.</summary>
    public Production Countdowns { get; } = new();

    public TaskCompletionSource<DisconnectReason> Disconnected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<StreamPeer> StartAsync(TypedSocketOptions? options = null, Action<TypedSocketServerOptions>? configure = null, Action<TypedSocketsBuilder>? build = null)
    {
        var log = new StreamLog();
        var server = await PlayServer.StartAsync(configure, configureServices: services =>
        {
            services.AddSingleton(log);
            var builder = services.AddTypedSockets().AddHub(IStreamServer.Contract.HandledBy<StreamHub>());
            build?.Invoke(builder);
        });
        var peer = new StreamPeer(server, options) { Log = log };
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public Task StopServerAsync() => _server.StopAsync();

    public IAsyncEnumerable<int> Countdown(int from) => Reversed(from);

    public async ValueTask<string> Join(IAsyncEnumerable<string> parts, string separator)
    {
        List<string> all = [];
        await foreach (var part in parts)
        {
            all.Add(part);
        }

        return string.Join(separator, all);
    }

    public async ValueTask DisposeAsync()
    {
        await Socket.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async IAsyncEnumerable<int> Reversed(int from)
    {
        await foreach (var number in Countdowns.Numbers(from))
        {
            yield return from - number;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using TypedSockets.Client;
using TypedSockets.Lifecycle.Tests.Network;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>There is no session, or nothing to keep it for.</summary>
internal static class Refusals
{
    private static readonly TimeSpan s_shortWhile = TimeSpan.FromSeconds(1);

    public static Scenario[] All { get; } =
    [
        Dial("nobody listens there") with
        {
            DoAsync = async stage =>
            {
                var port = new TcpListener(IPAddress.Loopback, 0);
                port.Start();
                stage.Network.Server = new Uri($"http://{port.LocalEndpoint}");
                port.Stop();
                await DialAsync(stage);
            },
        },
        Dial("the server accepts and never answers, `ConnectTimeout`") with
        {
            DoAsync = stage =>
            {
                stage.Network.IsSwallowing = true;
                return DialAsync(stage);
            },
            Client = options => options with { ConnectTimeout = s_shortWhile },
        },
        Dial("`AllowRequest` refuses (403)") with { Server = options => options.AllowRequest = _ => new("Not today.") },
        Dial("the page's `Origin` is not allowed (403)") with { Client = options => options with { Headers = new Dictionary<string, string> { ["Origin"] = "https://elsewhere.example" } } },
        Dial("the server does not serve the transport (400)") with { Prepare = (options, way) => options.Transports = [.. Enum.GetValues<TransportKind>().Except(way.Transports())] },
        Dial("nothing is served at the path (404)") with { Client = options => options with { Path = "/nowhere" } },
        Dial("`MaxConnections` sessions are open (503)") with
        {
            TellsOperator = true,
            Server = options => options.MaxConnections = 1,
            DoAsync = async stage =>
            {
                await stage.ConnectBystanderAsync();
                await DialAsync(stage);
            },
        },
        Dial("`AccessTokenProvider` throws") with { Client = options => options with { AccessTokenProvider = _ => throw new InvalidOperationException("Signed out.") } },
        new("the server does not serve the contract", DialAsync)
        {
            Before = Progress.Nothing,
            Ways = Ways.First,
            Open = socket => socket.Open(INowhereServer.Contract, new Nobody()),
            // A client that leaves polling before its first GET fetches no goodbye: the server lets it go after this.
            Server = options => options.CloseTimeout = s_shortWhile,
        },
        new("the hub does not accept the client (`OnConnecting`)", DialGuardedAsync)
        {
            Before = Progress.Nothing,
            Ways = Ways.First,
            Serve = server => server.AddHub(IGuardedServer.Contract.HandledBy<GuardedHub>()),
            Server = options => options.CloseTimeout = s_shortWhile,
        },
        new("the client joins nothing within the server's `ConnectTimeout`", _ => Task.CompletedTask)
        {
            Before = Progress.Opened,
            Server = options => options.ConnectTimeout = 2 * s_shortWhile,
            Client = options => options with { HttpInvoker = new HttpMessageInvoker(new NamespaceStripper()) },
        },
    ];

    private static Scenario Dial(string what) => new(what, DialAsync) { Before = Progress.Nothing, SeenBy = Sides.Client, Ways = Ways.First };

    private static Task DialAsync(Stage stage)
    {
        stage.Connect();
        return Task.CompletedTask;
    }

    // With this contract alone: beside another one the session would stay.
    private static async Task DialGuardedAsync(Stage stage)
    {
        var socket = stage.Keep(new TypedSocket(stage.Network.Address, new TypedSocketOptions { Transports = stage.Way.Transports(), CloseTimeout = Stage.Patience }));
        socket.Open(IGuardedServer.Contract, new Nobody(), _ => new(new Pass("ada")));
        var ended = new TaskCompletionSource<Disconnected>(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Lifecycle.Subscribe(change =>
        {
            if (change is Disconnected disconnected)
            {
                ended.TrySetResult(disconnected);
            }
        });
        await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync());
        stage.Ended(await ended.Task);
    }

    private sealed class Nobody : INowhereClient, IGuardedClient
    {
        public void Nothing()
        {
        }
    }
}

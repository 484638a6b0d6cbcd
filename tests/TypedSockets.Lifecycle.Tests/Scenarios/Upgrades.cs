using TypedSockets.Lifecycle.Tests.Network;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>The move from polling to a WebSocket fails, and the session stays where it is.</summary>
internal static class Upgrades
{
    private const string Answer = "3probe";

    private static readonly TimeSpan s_shortWhile = TimeSpan.FromSeconds(1);

    public static Scenario[] All { get; } =
    [
        Fail("a proxy refuses the WebSocket (403)", async (_, piece) =>
        {
            if (piece.ToServer && piece.Contains("transport=websocket"))
            {
                piece.Link.IsSwallowing = true;
                await piece.Link.Client.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }) with { SeenBy = Sides.Client },
        Fail("a proxy swallows the probe, `UpgradeTimeout`", (_, piece) =>
        {
            piece.Link.IsSwallowing |= piece.Link.IsWebSocket && piece.ToServer;
            return default;
        }) with { Server = options => options.UpgradeTimeout = s_shortWhile, Client = options => options with { UpgradeTimeout = s_shortWhile } },
        Fail("the probe is answered with something else", (_, piece) =>
        {
            if (piece.Link.IsWebSocket)
            {
                piece.Replace(Answer, "3porbe");
            }

            return default;
        }),
        Fail("the WebSocket is closed while polling goes quiet", async (network, piece) =>
        {
            if (piece.Link.IsWebSocket && piece.ToServer)
            {
                // The client is told that the WebSocket is proven, and not that its GET may end: it cannot move before the close comes.
                network.Hold(other => !other.Link.IsWebSocket && !other.ToServer);
            }
            else if (piece.Link.IsWebSocket && piece.Contains(Answer))
            {
                piece.Link.IsSwallowing = true;
                await piece.Link.Client.SendAsync(piece.Bytes);
                piece.Link.Close();
            }
        }),
        Fail("the WebSocket is reset before the probe is answered", (_, piece) =>
        {
            if (piece.Link.IsWebSocket && piece.ToServer)
            {
                piece.Link.Reset();
            }

            return default;
        }),
    ];

    private static Scenario Fail(string what, Func<FaultyNetwork, Piece, ValueTask> rule) => new(what, stage =>
    {
        stage.Network.Rule = piece => rule(stage.Network, piece);
        stage.Connect();
        return Task.CompletedTask;
    })
    {
        Before = Progress.Nothing,
        Ways = [Way.Upgraded],
    };

    public static async Task<UpgradeObservation> ObserveAsync(Stage stage, Scenario scenario)
    {
        var failed = await stage.Client.NextAsync<UpgradeFailed>();
        Assert.Equal(TransportKind.WebSocket, failed.To);
        stage.Network.Release();

        // As if nothing had been: a burst each way, in order.
        await stage.Client.Socket.ConnectAsync();
        await stage.Client.Server.Enter("a");
        for (var number = 0; number < 50; number++)
        {
            stage.Client.Server.Say("a", $"{number}");
        }

        for (var number = 0; number < 50; number++)
        {
            Assert.Equal($"{number}", await stage.Client.NextSaidAsync());
        }

        Assert.Equal(TransportKind.Polling, stage.Client.Socket.Transport);
        var server = scenario.SeenBy.HasFlag(Sides.Server) ? (await stage.Log.UpgradeFailed).Why : null;
        var closing = stage.Client.Socket.CloseAsync();
        await stage.Session.Completion;

        // What is left of the probe would wait for its goodbye to be answered.
        stage.Network.Reset();
        await closing;
        return new UpgradeObservation(failed.Why, server);
    }
}

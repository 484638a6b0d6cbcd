using TypedSockets.Server;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>A process or the network fails.</summary>
internal static class Outages
{
    // Long enough to connect and to upgrade in on a machine that is busy; what is waited for is the outcome.
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(3);

    public static Scenario[] All { get; } =
    [
        new("the server's process is killed (`kill -9`)", stage => stage.Process.KillAsync()) { InProcess = Sides.Server, SeenBy = Sides.Client },
        new("the client's process is killed, the tab is closed", stage => stage.Process.KillAsync()) { InProcess = Sides.Client, SeenBy = Sides.Server },
        new("the server's process hangs", stage => stage.Process.FreezeAsync()) { InProcess = Sides.Server, SeenBy = Sides.Client },
        new("the client's process hangs, the laptop sleeps", stage => stage.Process.FreezeAsync()) { InProcess = Sides.Client, SeenBy = Sides.Server, Server = Beat },
        new("the network swallows everything", stage =>
        {
            stage.Network.IsSwallowing = true;
            return Task.CompletedTask;
        })
        {
            Server = Beat,
        },
        new("something between resets the connections", stage =>
        {
            stage.Network.Reset();
            return Task.CompletedTask;
        }),
        new("something between closes the connections", stage =>
        {
            stage.Network.Close();
            return Task.CompletedTask;
        }),
        // A close frame with 1001, masked with zeros.
        new("a browser leaves the page and closes the WebSocket with 1001", stage => stage.Network.InjectAsync([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9])) { SeenBy = Sides.Server, Ways = [Way.WebSocket, Way.Upgraded] },
    ];

    private static void Beat(TypedSocketServerOptions options) => (options.HeartbeatInterval, options.HeartbeatTimeout) = (s_heartbeat, s_heartbeat);
}

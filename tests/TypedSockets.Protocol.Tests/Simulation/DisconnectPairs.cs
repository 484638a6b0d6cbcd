using Code = TypedSockets.DisconnectCode;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>
/// Which reasons the two ends may give for one end of a session. Whoever decides has the reason first; what the other end says is the same, or what it saw of the transport. So nobody
/// hears of a goodbye that was not said, and a rule that nobody breaks is nobody's reason.
/// </summary>
internal static class DisconnectPairs
{
    private static readonly (LifePath Cause, Code Client, Code[] Server)[] s_pairs =
    [
        (LifePath.ClosedByClient, Code.ClientDisconnect, [Code.ClientDisconnect]),
        (LifePath.ClosedByClient, Code.ForcedServerClose, [Code.ForcedServerClose]),

        (LifePath.ClosedByServer, Code.ServerDisconnect, [Code.ServerDisconnect]),
        (LifePath.ClosedByServer, Code.ForcedServerClose, [Code.ForcedServerClose]),
        // A POST finds the session gone before the GET that fetched the goodbye has its answer.
        (LifePath.ClosedByServer, Code.TransportError, [Code.ServerDisconnect]),

        (LifePath.ClosedByBoth, Code.ClientDisconnect, [Code.ServerDisconnect, Code.ClientDisconnect]),
        (LifePath.ClosedByBoth, Code.ServerDisconnect, [Code.ServerDisconnect]),
        (LifePath.ClosedByBoth, Code.TransportError, [Code.ServerDisconnect]),
        (LifePath.ClosedByBoth, Code.ForcedServerClose, [Code.ForcedServerClose]),

        // The client has left for the WebSocket; the server, which has not heard so, says goodbye on both, or where more waits to be said before it, nowhere that the client listens.
        (LifePath.MovedInVain, Code.TransportClose, [Code.ServerDisconnect]),
        (LifePath.MovedInVain, Code.ServerDisconnect, [Code.ServerDisconnect]),
        (LifePath.MovedInVain, Code.ClientDisconnect, [Code.ServerDisconnect]),

        (LifePath.Hurt, Code.ClientDisconnect, [Code.ClientDisconnect, Code.ServerDisconnect, Code.ForcedServerClose, Code.PingTimeout, Code.TransportError, Code.TransportClose]),
        (LifePath.Hurt, Code.ServerDisconnect, [Code.ServerDisconnect]),
        (LifePath.Hurt, Code.ForcedServerClose, [Code.ForcedServerClose]),
        (LifePath.Hurt, Code.PingTimeout, [Code.ServerDisconnect, Code.ForcedServerClose, Code.PingTimeout, Code.TransportError, Code.TransportClose]),
        (LifePath.Hurt, Code.TransportError, [Code.ServerDisconnect, Code.ForcedServerClose, Code.PingTimeout, Code.TransportError, Code.TransportClose]),
        (LifePath.Hurt, Code.TransportClose, [Code.ServerDisconnect, Code.ForcedServerClose, Code.PingTimeout, Code.TransportError, Code.TransportClose]),
    ];

    public static IReadOnlyList<(LifePath Cause, Code Client, Code Server)> Allowed { get; } =
        [.. s_pairs.SelectMany(pair => pair.Server.Select(server => (pair.Cause, pair.Client, server)))];
}

namespace TypedSockets;

/// <summary>Nothing was heard from the other end for longer than the heartbeat interval. Either it is heard again, or a <see cref="PingTimeout"/> follows.</summary>
/// <param name="Silence">How long nothing was heard.</param>
public sealed record HeartbeatLate(TimeSpan Silence) : ConnectionEvent;

namespace TypedSockets;

/// <summary>A connection is about to be tried; raised before each try, the first one included.</summary>
/// <param name="Attempt">1 for the first try since the last connection, counting up.</param>
/// <param name="Delay">How long is waited before this try; zero for the first.</param>
public sealed record Connecting(int Attempt, TimeSpan Delay) : ConnectionEvent;

namespace TypedSockets.Protocol.Sessions;

/// <summary>What a session decided.</summary>
/// <param name="Actions">What is to be done.</param>
/// <param name="Reason">Why the session ends, where it does.</param>
/// <param name="Silence">How long nothing was heard, where the heartbeat is late.</param>
internal readonly record struct SessionDecision(SessionActions Actions, DisconnectReason? Reason = null, TimeSpan Silence = default)
{
    public static SessionDecision Nothing => default;

    public bool Has(SessionActions action) => (Actions & action) != 0;
}

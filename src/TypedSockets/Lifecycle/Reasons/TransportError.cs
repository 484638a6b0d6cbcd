namespace TypedSockets;

/// <summary>The transport failed.</summary>
/// <param name="Detail">What failed.</param>
/// <param name="Exception">The failure, on the end where it happened; it does not cross the wire.</param>
public sealed record TransportError(string Detail, Exception? Exception = null) : DisconnectReason(DisconnectCode.TransportError, Initiator.Network)
{
    /// <inheritdoc/>
    public override string Description => $"The transport failed: {Detail}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "transport error";
}

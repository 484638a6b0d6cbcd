namespace TypedSockets;

/// <summary>A message exceeds what this end accepts.</summary>
/// <param name="Bytes">The size of the message, as far as it is known.</param>
/// <param name="Limit">The largest message that is accepted.</param>
public sealed record PayloadTooLarge(long Bytes, long Limit) : DisconnectReason(DisconnectCode.PayloadTooLarge, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => $"A message of {Bytes:N0} bytes exceeds the limit of {Limit:N0} bytes.";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "transport close" : "transport error";
}

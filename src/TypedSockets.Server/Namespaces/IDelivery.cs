namespace TypedSockets.Server.Namespaces;

/// <summary>What a broadcast does for each client that it is meant for.</summary>
internal interface IDelivery
{
    /// <param name="member">The client.</param>
    /// <param name="ackId">The number in the packet that answers refer to; null where none is expected.</param>
    /// <param name="packet">The packet, in the client's codec.</param>
    /// <param name="attachments">What is sent behind it.</param>
    /// <returns>False where the event was dropped, since the client reads too slowly, or could not be sent.</returns>
    bool Deliver(HubMember member, uint? ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments);
}

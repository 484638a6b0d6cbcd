namespace TypedSockets.Protocol.Packets;

/// <summary>The peer sent what may not be sent. Thrown where packets are read; turned into a close in one place.</summary>
internal sealed class PacketException(DisconnectReason reason) : Exception(reason.Description)
{
    public DisconnectReason Reason { get; } = reason;
}

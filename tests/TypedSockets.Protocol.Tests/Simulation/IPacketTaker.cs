namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>Takes what a transport receives.</summary>
internal interface IPacketTaker
{
    void Take(Packet packet);

    /// <summary>Receiving has ended: with a reason, or without one because this end closed or paused the transport.</summary>
    void TakeEnd(DisconnectReason? reason);
}

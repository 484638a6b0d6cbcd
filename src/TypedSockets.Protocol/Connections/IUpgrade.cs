using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Connections;

/// <summary>An upgrade that is under way.</summary>
internal interface IUpgrade
{
    /// <summary>The new transport, where the peer may have left the old one without this end knowing yet; null where it cannot have.</summary>
    PacketTransport? Proven { get; }

    /// <summary>The session has ended; there is nothing left to move. Runs on any thread.</summary>
    void OnSessionEnded();
}

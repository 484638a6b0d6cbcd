using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Testing;

/// <summary>What one end of a connection accepts.</summary>
/// <param name="MaxPayloadBytes">The largest message that it receives.</param>
/// <param name="Queue">How much may wait for the peer.</param>
internal readonly record struct TransportLimits(long MaxPayloadBytes, QueueLimits Queue);

using TypedSockets.Protocol.Transports;

namespace TypedSockets.Client.Transports;

/// <summary>Opens transports of one kind to one server.</summary>
internal interface ITransportDialer
{
    TransportKind Kind { get; }

    /// <summary>Opens a transport.</summary>
    /// <exception cref="DisconnectedException">It cannot be opened; the reason says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken);
}

/// <summary>What a transport is opened for.</summary>
/// <param name="SessionId">The session that it joins; null for a new one.</param>
/// <param name="First">The session's first message, which goes along with the handshake; empty for none.</param>
/// <param name="AccessToken">The bearer token that the requests carry; null for none.</param>
/// <param name="AsksForTs1">Whether the server is asked for the codec of TypedSockets' own.</param>
internal sealed record DialRequest(string? SessionId, ReadOnlyMemory<byte> First, string? AccessToken, bool AsksForTs1 = true);

/// <summary>A transport and what is to be disposed when it has ended.</summary>
internal sealed record DialedTransport(PacketTransport Transport, IAsyncDisposable? Resources);

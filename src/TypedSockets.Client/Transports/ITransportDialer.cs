using TypedSockets.Protocol.Transports;

namespace TypedSockets.Client.Transports;

/// <summary>Opens transports to one server.</summary>
internal interface ITransportDialer : IDisposable
{
    /// <summary>Opens a transport.</summary>
    /// <exception cref="DisconnectedException">It cannot be opened; the reason says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    Task<DialedTransport> DialAsync(CancellationToken cancellationToken);
}

/// <summary>A transport and what is to be disposed when it has ended.</summary>
internal sealed record DialedTransport(PacketTransport Transport, IAsyncDisposable Resources);

namespace TypedSockets.Server.Handshake;

/// <summary>Why a handshake is refused.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The Engine.IO error code that its clients expect.</param>
/// <param name="Message">A sentence that names what is wrong.</param>
internal sealed record HandshakeFailure(int Status, int Code, string Message)
{
    public const int TransportUnknown = 0;
    public const int SessionUnknown = 1;
    public const int BadMethod = 2;
    public const int BadRequest = 3;
    public const int Forbidden = 4;
    public const int UnsupportedProtocol = 5;
}

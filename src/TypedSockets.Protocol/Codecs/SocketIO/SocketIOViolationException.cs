namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>The peer's message is not a Socket.IO packet, or not one that may be sent. Thrown where packets are read; turned into a close in one place.</summary>
internal sealed class SocketIOViolationException(string violation, Exception? innerException = null) : Exception(violation, innerException)
{
    /// <summary>Why the session ends. Socket.IO calls the same violation differently on its two ends.</summary>
    /// <param name="side">The end that reads.</param>
    public DisconnectReason ReasonOn(Side side) => side is Side.Server ? new ForcedClose(Message) : new ParseError(Message);
}

namespace TypedSockets.Protocol.Codecs;

/// <summary>How the packets of namespaces look on a session.</summary>
internal enum EventCodec : byte
{
    /// <summary>Socket.IO 5, and the first packet has yet to tell which of its two parsers.</summary>
    SocketIO,

    /// <summary>Socket.IO 5 as text with attachments, by its default parser.</summary>
    SocketIOText,

    /// <summary>Socket.IO 5 as MessagePack, by socket.io-msgpack-parser.</summary>
    SocketIOMessagePack,

    /// <summary>Between two TypedSockets ends; asked for in the handshake.</summary>
    Ts1,
}

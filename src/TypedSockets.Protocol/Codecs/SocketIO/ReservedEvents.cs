namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>The names that no event may have, because Socket.IO's ends and Node's emitters give them a meaning of their own (socket.io-parser, RESERVED_EVENTS).</summary>
internal static class ReservedEvents
{
    public static bool Contains(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 => name.SequenceEqual("connect"u8),
        10 => name.SequenceEqual("disconnect"u8),
        11 => name.SequenceEqual("newListener"u8),
        13 => name.SequenceEqual("connect_error"u8) || name.SequenceEqual("disconnecting"u8),
        14 => name.SequenceEqual("removeListener"u8),
        _ => false,
    };
}

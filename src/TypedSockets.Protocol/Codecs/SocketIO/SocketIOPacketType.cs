namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>The kinds of Socket.IO 5 packets. The values are those on the wire; the MessagePack parser has no binary ones.</summary>
internal enum SocketIOPacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

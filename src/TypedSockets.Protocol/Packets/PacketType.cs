namespace TypedSockets.Protocol.Packets;

/// <summary>The kinds of Engine.IO 4 packets; the value is the character that stands for it on the wire.</summary>
internal enum PacketType : byte
{
    Open = (byte)'0',
    Close = (byte)'1',
    Ping = (byte)'2',
    Pong = (byte)'3',
    Message = (byte)'4',
    Upgrade = (byte)'5',
    Noop = (byte)'6',
}

namespace TypedSockets.Protocol.Transports;

/// <summary>What a packet is on a transport.</summary>
internal enum PacketForm : byte
{
    /// <summary>A part of a binary message, which others may join.</summary>
    Part,

    /// <summary>A binary message of its own.</summary>
    Binary,

    /// <summary>A text message of its own.</summary>
    Text,
}

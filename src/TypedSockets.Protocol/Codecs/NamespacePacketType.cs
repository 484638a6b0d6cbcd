namespace TypedSockets.Protocol.Codecs;

/// <summary>What passes between the two ends of a namespace. The values are those of ts1.</summary>
internal enum NamespacePacketType : byte
{
    Connect = 0,
    Connected = 1,
    ConnectError = 2,
    Disconnect = 3,
    Event = 4,
    Request = 5,
    Ack = 6,
    Fault = 7,
    Cancel = 8,

    /// <summary>Concerns the whole session.</summary>
    Close = 9,
    StreamItem = 10,
    StreamEnd = 11,
    StreamCredit = 12,
    StreamCancel = 13,

    /// <summary>Says something about the packet right behind it.</summary>
    Context = 14,

    /// <summary>Concerns the whole session: the server asks for a new token.</summary>
    TokenWanted = 15,

    /// <summary>Concerns the whole session: the client's answer to <see cref="TokenWanted"/>.</summary>
    Token = 16,

    /// <summary>A server's answer to a CONNECT whose contract differs: how do the two compare?</summary>
    Compare = 17,
}

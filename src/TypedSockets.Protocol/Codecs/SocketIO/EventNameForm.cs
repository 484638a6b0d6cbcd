namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>How the name of an event stands in a packet.</summary>
internal enum EventNameForm : byte
{
    /// <summary>As UTF-8, to be compared as it is. A number in text is its own name.</summary>
    Plain,

    /// <summary>As a JSON string with escapes, in its quotation marks.</summary>
    Escaped,

    /// <summary>As a MessagePack integer, whose digits are the name.</summary>
    Integer,
}

namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>What a server answers a request of HTTP long-polling.</summary>
internal enum PollingAnswer
{
    /// <summary>Nothing yet: a GET waits for packets.</summary>
    Hold,

    /// <summary>The packets that wait.</summary>
    Packets,

    /// <summary>A noop packet: there is nothing, and the GET is not to wait.</summary>
    Noop,

    /// <summary>A close packet.</summary>
    Close,

    /// <summary>Nothing yet: the body of a POST is to be read and handed on.</summary>
    Take,

    /// <summary>Nothing yet: the same POST is being handed on already, and both get its answer.</summary>
    Join,

    /// <summary>A POST is done.</summary>
    Ok,

    /// <summary>The body of a POST is larger than may be.</summary>
    TooLarge,

    /// <summary>A second GET or POST at a time: a bad request, which costs the session.</summary>
    Overlap,

    /// <summary>A POST whose session has been lost meanwhile: its connection is cut.</summary>
    Reset,

    /// <summary>The session goes on over another transport: a bad request.</summary>
    Moved,

    /// <summary>The session is over: it is not known any more.</summary>
    Unknown,
}

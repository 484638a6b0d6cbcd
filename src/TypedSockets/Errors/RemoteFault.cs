namespace TypedSockets;

/// <summary>How a request failed at the peer. The numbers cross the wire and are never reused.</summary>
public enum RemoteFault
{
    /// <summary>The handler threw.</summary>
    HandlerFailed = 0,

    /// <summary>The handler ended because it was cancelled.</summary>
    Canceled = 1,

    /// <summary>The handler's result exceeds the caller's limit.</summary>
    ResultTooLarge = 2,

    /// <summary>The peer's build of the contract does not have the event.</summary>
    NotSupported = 3,

    /// <summary>The arguments are not what the event takes, in number or type; the handler was not called. Between TypedSockets ends the session ends instead.</summary>
    InvalidArguments = 4,

    /// <summary>The handler ended with a fault that the peer's build of the event declares: <see cref="RemoteException.FaultName"/> says which.</summary>
    Declared = 5,

    /// <summary>The stream that the caller sent with the event failed; the handler that reads it sees it.</summary>
    StreamFailed = 8,

    /// <summary>The caller has as many streams open as the peer allows; the handler was not called.</summary>
    TooManyStreams = 9,

    /// <summary>The event is only for users who have signed in.</summary>
    Unauthenticated = 10,

    /// <summary>The user may not send the event.</summary>
    Forbidden = 11,

    /// <summary>More events came than the peer takes in a while. It may say for how long to wait.</summary>
    RateLimited = 12,
}

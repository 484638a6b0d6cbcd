namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>What a message from a server means to the load generator.</summary>
internal enum IncomingKind
{
    /// <summary>Nothing to do.</summary>
    Ignored,

    /// <summary>The client's greeting is due.</summary>
    GreetingDue,

    /// <summary>The connection is open: the workload may use it.</summary>
    Opened,

    /// <summary>The heartbeat must be answered.</summary>
    Heartbeat,

    /// <summary>The answer to a request.</summary>
    Reply,

    /// <summary>One delivery of a broadcast.</summary>
    Delivery,
}

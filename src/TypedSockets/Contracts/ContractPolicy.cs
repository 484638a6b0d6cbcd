namespace TypedSockets;

/// <summary>How much the two ends' builds of a contract may differ for a client to be connected. Each end has its own; what either refuses is not connected.</summary>
public enum ContractPolicy
{
    /// <summary>
    /// Either end may lack events of the other; calling one fails before anything is sent. Every event that both have must be one that each can read of the other.
    /// </summary>
    Compatible = 0,

    /// <summary>The two builds look the same on the wire.</summary>
    Strict = 1,

    /// <summary>Whatever the builds look like. An event that the two cannot read of each other counts as one that the other end lacks.</summary>
    Lenient = 2,
}

namespace TypedSockets;

/// <summary>Who ended a connection, seen from this end.</summary>
public enum Initiator
{
    /// <summary>This end.</summary>
    Local,

    /// <summary>The other end, and it said so.</summary>
    Remote,

    /// <summary>Neither: what lies between the two ends failed or went silent.</summary>
    Network,
}

namespace TypedSockets;

/// <summary>One of the two ends of a connection.</summary>
public enum Side
{
    /// <summary>The end that connects.</summary>
    Client,

    /// <summary>The end that is connected to.</summary>
    Server,
}

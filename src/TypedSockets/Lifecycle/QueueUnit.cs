namespace TypedSockets;

/// <summary>What a limit of a queue counts.</summary>
public enum QueueUnit
{
    /// <summary>The bytes that wait (<c>MaxQueuedBytes</c>).</summary>
    Bytes,

    /// <summary>The packets that wait (<c>MaxQueuedPackets</c>).</summary>
    Packets,
}

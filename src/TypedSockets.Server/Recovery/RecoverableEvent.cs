using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Recovery;

/// <summary>A one-way event, kept for those who were meant and may not have got it.</summary>
/// <param name="Offset">Where it stands among the events of its namespace.</param>
/// <param name="SentAt">When it was sent, on a monotonic clock.</param>
/// <param name="Target">Who was meant.</param>
/// <param name="Packet">The text packet, its offset included.</param>
/// <param name="Attachments">What is sent behind it.</param>
internal sealed record RecoverableEvent(long Offset, TimeSpan SentAt, BroadcastTarget Target, byte[] Packet, byte[][] Attachments)
{
    // What holding an event costs beside its bytes, so that a flood of empty ones counts too.
    private const int OverheadBytes = 128;
    private const int NameBytes = 80;

    /// <summary>What it takes to keep it.</summary>
    public long Bytes { get; } = OverheadBytes + (NameBytes * ((long)Target.Names.Length + Target.Except.Length)) + Packet.Length + Attachments.Sum(static attachment => (long)attachment.Length);
}

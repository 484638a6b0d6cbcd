namespace TypedSockets;

/// <summary>The transport was closed without a word about why: the tab was closed, the process ended, the network changed.</summary>
/// <param name="CloseCode">The WebSocket close code (RFC 6455 §7.4); null when the transport ended without one.</param>
/// <param name="Text">The close reason that came with it; null when there was none.</param>
public sealed record TransportClose(int? CloseCode = null, string? Text = null) : DisconnectReason(DisconnectCode.TransportClose, Initiator.Network)
{
    /// <inheritdoc/>
    public override string Description => (CloseCode, Text) switch
    {
        (null, _) => "The transport was closed without a goodbye.",
        (_, null) => $"The transport was closed with code {CloseCode}.",
        _ => $"The transport was closed with code {CloseCode}: {Text}",
    };

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "transport close";
}

using System.IO.Compression;

namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>What permessage-deflate was agreed on (RFC 7692 §7.1), and how this end compresses.</summary>
/// <param name="ServerContextTakeover">Whether the server's messages may refer to those before them.</param>
/// <param name="ClientContextTakeover">Whether the client's messages may refer to those before them.</param>
/// <param name="ThresholdBytes">This end sends shorter messages as they are.</param>
/// <param name="Level">How hard this end tries.</param>
internal sealed record DeflateTerms(bool ServerContextTakeover, bool ClientContextTakeover, long ThresholdBytes, CompressionLevel Level)
{
    /// <summary>What compresses the messages of one end.</summary>
    public MessageDeflater CreateDeflater(Side sender) => new(TakesOver(sender), ThresholdBytes, Level);

    /// <summary>What inflates the messages that one end receives.</summary>
    public MessageInflater CreateInflater(Side receiver, long maxMessageBytes) => new(TakesOver(receiver is Side.Server ? Side.Client : Side.Server), maxMessageBytes);

    private bool TakesOver(Side sender) => sender is Side.Server ? ServerContextTakeover : ClientContextTakeover;
}

using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Handshake;

/// <summary>Agrees on permessage-deflate (RFC 7692 §7.1): the client offers, the server chooses, the client checks.</summary>
internal static class DeflateNegotiation
{
    /// <summary>
    /// What a client offers. It does not say that the server may choose the client's window: this end compresses with the largest only.
    /// </summary>
    public static string Offer(WebSocketCompressionOptions options) =>
        new DeflateParameters { ServerNoContextTakeover = !options.ServerContextTakeover, ClientNoContextTakeover = !options.ClientContextTakeover }.ToString();

    /// <summary>The server's choice: the first offer that it can keep to. Returns null when there is none.</summary>
    /// <param name="offers">Everything that the client offers, in its order of preference.</param>
    /// <param name="options">How this end compresses.</param>
    /// <param name="answer">The extension as the answer names it.</param>
    public static DeflateTerms? Accept(IEnumerable<WebSocketExtension> offers, WebSocketCompressionOptions options, out string? answer)
    {
        foreach (var offer in offers)
        {
            // RFC 7692 §7.1.2.1: a smaller window of the server's must be kept to or the offer be declined.
            if (offer.Name == DeflateParameters.Extension && DeflateParameters.TryRead(offer, out var offered) && offered.ServerMaxWindowBits is null or DeflateParameters.MaxWindowBits)
            {
                // A size that the client itself gives for its window is confirmed: any suits us, and some clients insist (RFC 7692 §7.1.2.2).
                var agreed = offered with
                {
                    ServerNoContextTakeover = offered.ServerNoContextTakeover || !options.ServerContextTakeover,
                    ClientNoContextTakeover = offered.ClientNoContextTakeover || !options.ClientContextTakeover,
                };
                answer = agreed.ToString();
                return Terms(agreed, options);
            }
        }

        answer = null;
        return null;
    }

    /// <summary>Checks the server's answer to <see cref="Offer"/>. Returns what was agreed on, or what is wrong with the answer.</summary>
    public static (DeflateTerms? Terms, string? Violation) Check(IEnumerable<string?> answer, WebSocketCompressionOptions options)
    {
        if (WebSocketExtension.Parse(answer) is not { } extensions)
        {
            return (null, "is not a list of extensions (RFC 6455 §9.1)");
        }

        if (extensions.Count != 1 || extensions[0].Name != DeflateParameters.Extension)
        {
            return (null, $"chooses another extension than '{DeflateParameters.Extension}', or more than that one, which was all that was offered");
        }

        if (!DeflateParameters.TryRead(extensions[0], out var agreed))
        {
            return (null, $"has a parameter of '{DeflateParameters.Extension}' that is unknown, repeated or has a value that it may not have (RFC 7692 §7.1)");
        }

        if (agreed.NamesClientWindow)
        {
            return (null, "chooses the client's window, which was not offered (RFC 7692 §7.1.2.2)");
        }

        return agreed.ServerNoContextTakeover || options.ServerContextTakeover
            ? (Terms(agreed, options), null)
            : (null, "lets the server take contexts over, which the offer forbids (RFC 7692 §7.1.1.1)");
    }

    // A client may always do without its context, whatever the answer says (RFC 7692 §7.1.1.2).
    private static DeflateTerms Terms(DeflateParameters agreed, WebSocketCompressionOptions options) =>
        new(!agreed.ServerNoContextTakeover, !agreed.ClientNoContextTakeover && options.ClientContextTakeover, options.ThresholdBytes, options.Level);
}

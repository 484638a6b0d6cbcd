using System.Globalization;
using System.Text;

namespace TypedSockets.Protocol.Handshake;

/// <summary>The parameters of permessage-deflate in an offer or an answer (RFC 7692 §7.1).</summary>
internal readonly record struct DeflateParameters
{
    public const string Extension = "permessage-deflate";

    /// <summary>The largest window, and the only one that this end compresses with (RFC 7692 §7.1.2).</summary>
    public const int MaxWindowBits = 15;

    private const int MinWindowBits = 8;
    private const string ServerNoTakeover = "server_no_context_takeover";
    private const string ClientNoTakeover = "client_no_context_takeover";
    private const string ServerWindow = "server_max_window_bits";
    private const string ClientWindow = "client_max_window_bits";

    public bool ServerNoContextTakeover { get; init; }

    public bool ClientNoContextTakeover { get; init; }

    /// <summary>The window that the server's messages are to be compressed with; null when nothing is said.</summary>
    public int? ServerMaxWindowBits { get; init; }

    /// <summary>Whether the client's window is spoken of, which an answer may do only after the offer.</summary>
    public bool NamesClientWindow { get; init; }

    /// <summary>The window that the client's messages are to be compressed with; null when no size is given.</summary>
    public int? ClientMaxWindowBits { get; init; }

    /// <summary>Reads the parameters of an offer. Returns false when one is unknown, stands there twice or has a value that it may not have.</summary>
    public static bool TryRead(WebSocketExtension extension, out DeflateParameters parameters)
    {
        parameters = default;
        HashSet<string> seen = [];
        foreach (var (name, value) in extension.Parameters)
        {
            var bits = ReadWindowBits(value);
            switch (name)
            {
                case ServerNoTakeover when value is null:
                    parameters = parameters with { ServerNoContextTakeover = true };
                    break;
                case ClientNoTakeover when value is null:
                    parameters = parameters with { ClientNoContextTakeover = true };
                    break;
                case ServerWindow when bits is not null:
                    parameters = parameters with { ServerMaxWindowBits = bits };
                    break;
                case ClientWindow when value is null || bits is not null:
                    parameters = parameters with { NamesClientWindow = true, ClientMaxWindowBits = bits };
                    break;
                default:
                    return false;
            }

            if (!seen.Add(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The extension as it stands in a header.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Extension);
        text.Append(ServerNoContextTakeover ? $"; {ServerNoTakeover}" : "");
        text.Append(ClientNoContextTakeover ? $"; {ClientNoTakeover}" : "");
        text.Append(ServerMaxWindowBits is { } server ? string.Create(CultureInfo.InvariantCulture, $"; {ServerWindow}={server}") : "");
        text.Append(ClientMaxWindowBits is { } client ? string.Create(CultureInfo.InvariantCulture, $"; {ClientWindow}={client}") : "");
        return text.ToString();
    }

    // RFC 7692 §7.1.2: a decimal number from 8 to 15 without leading zeros.
    private static int? ReadWindowBits(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is >= MinWindowBits and <= MaxWindowBits && value[0] != '0' ? bits : null;
}

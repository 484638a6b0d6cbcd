using System.Text.RegularExpressions;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>The packet that a server opens a session with.</summary>
internal static partial class OpenPacket
{
    /// <summary>The session's id; null when this is another packet.</summary>
    public static string? ReadSid(string packet) => Sid().Match(packet) is { Success: true } match ? match.Groups["sid"].Value : null;

    // With backslashes before the quotes: as JSON-P has it.
    [GeneratedRegex("""0\{\\?"sid\\?":\\?"(?<sid>[A-Za-z0-9_-]+)""")]
    private static partial Regex Sid();
}

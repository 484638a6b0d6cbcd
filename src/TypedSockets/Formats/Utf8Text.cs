using System.Text;

namespace TypedSockets.Formats;

/// <summary>Text that a peer sent.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The string that <paramref name="utf8"/> encodes; null when the bytes are not valid UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return s_strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

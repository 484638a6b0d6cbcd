using System.Text;

namespace TypedSockets.Formats;

/// <summary>Text that a peer sent.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The string that <paramref name="utf8"/> encodes; null when the bytes are not valid UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> utf8) =>
        // ASCII, as most text of most protocols: its code units are its bytes, as Latin-1's are, and widening them is all that is left.
        Ascii.IsValid(utf8) ? Encoding.Latin1.GetString(utf8) : DecodeUnicode(utf8);

    private static string? DecodeUnicode(ReadOnlySpan<byte> utf8)
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

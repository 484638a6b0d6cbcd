using System.Buffers;

namespace TypedSockets.Protocol.Handshake;

/// <summary>The names that HTTP headers are made of: one or more visible ASCII characters that are no delimiters (RFC 9110 §5.6.2).</summary>
internal static class HttpToken
{
    private static readonly SearchValues<char> s_characters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsValid(ReadOnlySpan<char> text) => !text.IsEmpty && LengthAtStart(text) == text.Length;

    /// <summary>How many characters of a token the text begins with.</summary>
    public static int LengthAtStart(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(s_characters);
        return end < 0 ? text.Length : end;
    }
}

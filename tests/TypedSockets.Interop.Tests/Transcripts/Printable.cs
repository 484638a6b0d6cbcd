using System.Security.Cryptography;
using System.Text;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>Payloads as a person can read them in a table.</summary>
internal static class Printable
{
    private const int MaxLength = 200;

    public static string Of(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"{text.Length} characters, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}";
        }

        // Control characters have pictures of their own in Unicode: the separator U+001E is '␞'.
        return string.Concat(text.Select(character => character < ' ' ? (char)(0x2400 + character) : character));
    }

    public static string Of(byte[] bytes) => bytes.Length > MaxLength
        ? $"{bytes.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}"
        : Convert.ToHexStringLower(bytes);
}

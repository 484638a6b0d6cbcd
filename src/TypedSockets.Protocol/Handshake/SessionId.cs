using System.Buffers.Text;
using System.Security.Cryptography;

namespace TypedSockets.Protocol.Handshake;

/// <summary>Makes ids that cannot be guessed: 128 random bits in 22 characters that stand in an address without escapes.</summary>
internal static class SessionId
{
    /// <summary>How long an id is, in characters.</summary>
    public const int Length = 22;

    private const int Bytes = 16;

    public static string Create()
    {
        Span<byte> random = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}

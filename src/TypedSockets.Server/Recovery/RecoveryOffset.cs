namespace TypedSockets.Server.Recovery;

/// <summary>
/// Where an event stands among those of its namespace, as clients are told it: 48 bits in eight characters, whose order is that of the numbers. All are of one length, so that an event
/// can be encoded before its place is known.
/// </summary>
internal static class RecoveryOffset
{
    /// <summary>How long an offset is, in characters.</summary>
    public const int Length = 8;

    /// <summary>Stands where an offset will.</summary>
    public const string Placeholder = "--------";

    private const int BitsPerCharacter = 6;

    // In the order of their codes, and none that JSON escapes.
    private static ReadOnlySpan<byte> Alphabet => "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8;

    public static void Write(long offset, Span<byte> target)
    {
        for (var position = Length - 1; position >= 0; position--)
        {
            target[position] = Alphabet[(int)(offset & 0x3f)];
            offset >>= BitsPerCharacter;
        }
    }

    /// <summary>Reads an offset; null when the text is none.</summary>
    public static long? TryRead(ReadOnlySpan<byte> text)
    {
        if (text.Length != Length)
        {
            return null;
        }

        var offset = 0L;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character);
            if (digit < 0)
            {
                return null;
            }

            offset = (offset << BitsPerCharacter) | (uint)digit;
        }

        return offset;
    }
}

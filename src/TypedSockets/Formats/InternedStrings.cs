using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace TypedSockets.Formats;

/// <summary>
/// A table of recent short strings, one for the process: a string that is read again comes from it and not from the heap. Safe for concurrent use, without locks: a slot is one
/// reference, and what two threads make of it at once is either's string, compared with the bytes before it is used.
/// </summary>
/// <remarks>
/// It holds at most <see cref="Slots"/> strings of at most <see cref="MaxBytes"/> bytes, 160 KiB in all; a new string takes the place of an older one. The hash has keys of this
/// process, so a peer cannot aim at the slots of others; it can only fill the table at random, which costs the others an allocation each.
/// </remarks>
internal static class InternedStrings
{
    /// <summary>How many strings are held at most; a power of two.</summary>
    public const int Slots = 1024;

    /// <summary>A string of more bytes of UTF-8 is not looked for.</summary>
    public const int MaxBytes = 64;

    private static readonly string?[] s_slots = new string?[Slots];
    private static readonly ulong s_key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static readonly ulong s_factor = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>The string that <paramref name="utf8"/> encodes; null when the bytes are not valid UTF-8.</summary>
    public static string? Get(ReadOnlySpan<byte> utf8)
    {
        if ((uint)(utf8.Length - 1) >= MaxBytes)
        {
            return utf8.IsEmpty ? "" : Utf8Text.Decode(utf8);
        }

        // Two slots for each string: the first holds the newer one, so names that share a slot do not drive each other out in turn. Each is read once: another thread may put
        // another string there between the comparison and the return.
        var slot = Slot(utf8);
        var newer = s_slots[slot];
        if (IsText(newer, utf8))
        {
            return newer;
        }

        var older = s_slots[slot ^ 1];
        if (IsText(older, utf8))
        {
            return older;
        }

        var text = Utf8Text.Decode(utf8);
        if (text is not null)
        {
            s_slots[slot ^ 1] = newer;
            s_slots[slot] = text;
        }

        return text;
    }

    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var hash = s_key ^ (uint)utf8.Length;
        while (utf8.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(utf8));
            utf8 = utf8[sizeof(ulong)..];
        }

        var rest = 0ul;
        foreach (var item in utf8)
        {
            rest = (rest << 8) | item;
        }

        return (int)(Mix(hash ^ rest) % Slots);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, s_factor, out var low);
        return high ^ low;
    }

    private static bool IsText([NotNullWhen(true)] string? text, ReadOnlySpan<byte> utf8)
    {
        if (text is null || text.Length > utf8.Length)
        {
            return false;
        }

        // As many bytes as code units: ASCII, or another string.
        return text.Length == utf8.Length ? Ascii.Equals(utf8, text) : IsLongerText(text, utf8);
    }

    private static bool IsLongerText(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = stackalloc char[MaxBytes];
        return Utf8.ToUtf16(utf8, characters, out _, out var written, replaceInvalidSequences: false) is System.Buffers.OperationStatus.Done && text.AsSpan().SequenceEqual(characters[..written]);
    }
}

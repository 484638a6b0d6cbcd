using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    private const int MaxStackBytes = 256;

    /// <summary>What a string holds beside ASCII that stands for itself.</summary>
    [Flags]
    private enum Contents
    {
        Plain = 0,
        BeyondAscii = 1,
        Escapes = 2,
    }

    /// <inheritdoc/>
    public string ReadString()
    {
        if (Next() != '"')
        {
            ThrowUnexpected("a string");
        }

        var text = Scan(out var contents);
        return contents is Contents.Plain ? Encoding.Latin1.GetString(text) : Decode(text, contents);
    }

    /// <inheritdoc/>
    public string ReadInternedString()
    {
        if (Next() != '"')
        {
            ThrowUnexpected("a string");
        }

        return InternedStrings.Get(ReadUnescaped()) ?? throw NotUtf8();
    }

    /// <inheritdoc/>
    public char ReadChar()
    {
        if (Next() != '"')
        {
            ThrowUnexpected("a string of one character");
        }

        var text = ReadUnescaped();
        return Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.Done && length == text.Length && rune.IsBmp
            ? (char)rune.Value
            : throw new PayloadException($"The string that ends at byte {_position} is not one UTF-16 code unit.");
    }

    /// <inheritdoc/>
    public byte[] ReadByteArray()
    {
        if (Next() == '{' && !_attachments.IsEmpty)
        {
            return ReadAttachment().ToArray();
        }

        if (Next() != '"')
        {
            ThrowUnexpected("a string of base64");
        }

        var text = ReadUnescaped();
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            throw new PayloadException($"The string that ends at byte {_position} is not base64.");
        }

        return written == bytes.Length ? bytes : bytes.AsSpan(0, written).ToArray();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBinary() => Next() == '{' && !_attachments.IsEmpty ? ReadAttachment() : ReadByteArray();

    /// <summary>Reads a string with its escapes resolved. The position is at its quotation mark.</summary>
    private ReadOnlySpan<byte> ReadUnescaped()
    {
        var text = Scan(out var contents);
        if ((contents & Contents.Escapes) != 0)
        {
            var unescaped = new byte[text.Length];
            text = unescaped.AsSpan(0, Unescape(text, unescaped));
        }

        if (contents is not Contents.Plain && !Utf8.IsValid(text))
        {
            throw NotUtf8();
        }

        return text;
    }

    private string Decode(ReadOnlySpan<byte> text, Contents contents)
    {
        if ((contents & Contents.Escapes) == 0)
        {
            return Utf8Text.Decode(text) ?? throw NotUtf8();
        }

        byte[]? rented = null;
        var unescaped = text.Length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return Utf8Text.Decode(unescaped[..Unescape(text, unescaped)]) ?? throw NotUtf8();
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Resolves the escapes of <paramref name="text"/> into <paramref name="target"/>, which is at least as long, and returns how many bytes they became.</summary>
    private readonly int Unescape(scoped ReadOnlySpan<byte> text, scoped Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var run = text.IndexOf((byte)'\\');
            if (run < 0)
            {
                text.CopyTo(target[written..]);
                return written + text.Length;
            }

            text[..run].CopyTo(target[written..]);
            written += run;
            text = text[(run + 1)..];
            written += ReadEscape(ref text).EncodeToUtf8(target[written..]);
        }
    }

    /// <summary>Reads what stands behind a backslash.</summary>
    private readonly Rune ReadEscape(scoped ref ReadOnlySpan<byte> text)
    {
        var code = text[0];
        if (code == 'u')
        {
            return ReadEscapedRune(ref text);
        }

        text = text[1..];
        return new Rune(code switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)code,
            (byte)'b' => '\b',
            (byte)'t' => '\t',
            (byte)'n' => '\n',
            (byte)'f' => '\f',
            (byte)'r' => '\r',
            _ => throw BadEscape(),
        });
    }

    /// <summary>Reads <c>uXXXX</c>, or two of them that make a surrogate pair.</summary>
    private readonly Rune ReadEscapedRune(scoped ref ReadOnlySpan<byte> text)
    {
        var first = ReadEscapedUnit(ref text);
        if (!char.IsSurrogate(first))
        {
            return new Rune(first);
        }

        if (char.IsHighSurrogate(first) && text is [(byte)'\\', (byte)'u', ..])
        {
            text = text[1..];
            var second = ReadEscapedUnit(ref text);
            if (char.IsLowSurrogate(second))
            {
                return new Rune(first, second);
            }
        }

        throw new PayloadException($"The string that ends at byte {_position} has an escaped surrogate without its other half.");
    }

    private readonly char ReadEscapedUnit(scoped ref ReadOnlySpan<byte> text)
    {
        var unit = 0;
        for (var digit = 1; digit <= 4; digit++)
        {
            var value = digit < text.Length ? HexValue(text[digit]) : -1;
            unit = value >= 0 ? (unit << 4) | value : throw BadEscape();
        }

        text = text[5..];
        return (char)unit;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Reads a string as it stands between its quotation marks. The position is at the first one.</summary>
    private ReadOnlySpan<byte> Scan(out Contents contents)
    {
        ref var first = ref MemoryMarshal.GetReference(_payload);
        var start = _position + 1;
        var position = start;
        contents = Contents.Plain;
        while (true)
        {
            if (Vector128.IsHardwareAccelerated && position + Vector128<byte>.Count <= _payload.Length)
            {
                var bytes = Vector128.LoadUnsafe(ref first, (nuint)position);
                var marks = (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                    | Vector128.LessThan(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
                var count = BitOperations.TrailingZeroCount(marks | (1u << Vector128<byte>.Count));
                if ((bytes.ExtractMostSignificantBits() & ((1u << count) - 1)) != 0)
                {
                    contents |= Contents.BeyondAscii;
                }

                position += count;
                if (marks == 0)
                {
                    continue;
                }
            }
            else
            {
                position = ScanSlow(position, ref contents);
            }

            switch (_payload[position])
            {
                case (byte)'"':
                    _position = position + 1;
                    return _payload[start..position];
                case (byte)'\\':
                    contents |= Contents.Escapes;
                    position += 2;
                    break;
                default:
                    _position = position;
                    ThrowUnexpected("a character");
                    break;
            }
        }
    }

    private int ScanSlow(int position, ref Contents contents)
    {
        for (; position < _payload.Length; position++)
        {
            var code = _payload[position];
            if (code is < (byte)' ' or (byte)'"' or (byte)'\\')
            {
                return position;
            }

            if (code > sbyte.MaxValue)
            {
                contents |= Contents.BeyondAscii;
            }
        }

        throw new PayloadException($"The payload ends at byte {_payload.Length}, in the string that begins at byte {_position}.");
    }

    private readonly PayloadException NotUtf8() => new($"The string that ends at byte {_position} is not valid UTF-8.");

    private readonly PayloadException BadEscape() => new($"The string that ends at byte {_position} has an escape that JSON does not know.");
}

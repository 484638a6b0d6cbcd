using System.Buffers.Binary;
using TypedSockets.Corpus;

namespace TypedSockets.Fuzz;

/// <summary>Changes a payload as damage, and as malice, would: bytes, lengths, codes, nesting, and pieces of other payloads.</summary>
internal sealed class Mutator(Random random, int maxBytes)
{
    // The first bytes of everything that announces a length, and of what is rarely tested.
    private static readonly byte[] s_codes =
    [
        0x80, 0x8f, 0x90, 0x91, 0x92, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf,
        0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff, 0x7f, 0x00,
    ];

    private static readonly string[] s_words =
    [
        "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\udc00", "\\u12", "null", "true", "false", "0", "-", "1e400", "1e-400", "1.5", "9223372036854775808",
        "-9223372036854775809", "00", "[[[[[[[[", "{\"$type\":", "{\"a\":", "\"2000-01-01T00:00:00Z\"", "/*", "//", "\t", "\n", "\u0001", "NaN", "0000000000000000000000000000000000",
    ];

    private readonly byte[] _buffer = new byte[maxBytes];

    /// <summary>The next input, made from <paramref name="payload"/> and a piece of <paramref name="other"/>. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(CorpusFormat format, byte[] payload, byte[] other)
    {
        if (random.Next(10) == 0)
        {
            return Random(format);
        }

        var length = Math.Min(payload.Length, _buffer.Length);
        payload.AsSpan(0, length).CopyTo(_buffer);
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            length = Change(format, length, other);
        }

        return _buffer.AsSpan(0, length);
    }

    private ReadOnlySpan<byte> Random(CorpusFormat format)
    {
        var length = random.Next(1, random.Next(8) == 0 ? _buffer.Length : 48);
        if (format == CorpusFormat.Json)
        {
            var text = 0;
            while (text < length)
            {
                text = Insert(text, text, Word());
            }

            return _buffer.AsSpan(0, text);
        }

        var bytes = _buffer.AsSpan(0, length);
        random.NextBytes(bytes);
        // An array of one argument, or nothing of what follows is reached.
        bytes[0] = 0x91;
        return bytes;
    }

    private int Change(CorpusFormat format, int length, byte[] other)
    {
        var position = random.Next(length + 1);
        switch (random.Next(9))
        {
            case 0:
                return position;
            case 1 when position < length:
                _buffer[position] ^= (byte)(1 << random.Next(8));
                return length;
            case 2 when position < length:
                _buffer[position] = (byte)random.Next(256);
                return length;
            case 3:
                return Insert(length, position, format == CorpusFormat.Json ? Word() : [s_codes[random.Next(s_codes.Length)]]);
            case 4 when position < length && format == CorpusFormat.MessagePack:
                _buffer[position] = s_codes[random.Next(s_codes.Length)];
                return length;
            case 5 when position < length:
                return Remove(length, position, 1 + random.Next(Math.Min(8, length - position)));
            case 6:
                var from = random.Next(other.Length);
                return Insert(length, position, other.AsSpan(from, random.Next(Math.Min(64, other.Length - from) + 1)));
            case 7 when position < length:
                return Repeat(length, position);
            case 8 when length - position >= 4:
                BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(position), random.Next(4) switch { 0 => -1, 1 => int.MaxValue, 2 => length, _ => random.Next(100_000) });
                return length;
            default:
                return length;
        }
    }

    /// <summary>A piece again and again: deep nesting, long lists.</summary>
    private int Repeat(int length, int position)
    {
        var piece = _buffer.AsSpan(position, 1 + random.Next(Math.Min(6, length - position))).ToArray();
        for (var times = random.Next(4) == 0 ? random.Next(1_000) : random.Next(20); times > 0 && length + piece.Length <= _buffer.Length; times--)
        {
            length = Insert(length, position, piece);
        }

        return length;
    }

    private ReadOnlySpan<byte> Word() => System.Text.Encoding.UTF8.GetBytes(s_words[random.Next(s_words.Length)]);

    private int Insert(int length, int position, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, _buffer.Length - length)];
        _buffer.AsSpan(position, length - position).CopyTo(_buffer.AsSpan(position + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(position));
        return length + bytes.Length;
    }

    private int Remove(int length, int position, int count)
    {
        _buffer.AsSpan(position + count, length - position - count).CopyTo(_buffer.AsSpan(position));
        return length - count;
    }
}

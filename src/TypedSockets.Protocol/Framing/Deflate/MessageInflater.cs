using System.Buffers;
using System.Buffers.Binary;

namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>
/// Inflates whole messages (RFC 7692 §7.2.2, RFC 1951), never beyond the limit. Between two messages it holds at most the window that the next may refer to, and without context takeover
/// nothing. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// <see cref="System.IO.Compression.DeflateStream"/> would not do: it stops for good at a block that calls itself the last, which may stand in any message (RFC 7692 §7.2.3.4), and does not
/// say where; it takes a message that was cut off for a whole one; and it keeps a native window even where messages do not refer to each other.
/// </remarks>
/// <param name="takesOver">Whether a message may refer to those before it.</param>
/// <param name="maxMessageBytes">The largest message, inflated, that is accepted.</param>
internal sealed class MessageInflater(bool takesOver, long maxMessageBytes) : IDisposable
{
    // RFC 1951 §2: nothing refers further back.
    private const int MaxWindow = 32 * 1024;

    private const int MinGuess = 512;

    // The end of what was received last; as much as there has been.
    private byte[]? _window;
    private int _windowLength;

    // The window and, behind it, the message that is being inflated.
    private byte[] _output = [];
    private int _start;
    private int _end;
    private int _limit;

    // RFC 1951 §3.2.5: lengths from 3 on and distances from 1 on, with their extra bits.
    private static ReadOnlySpan<ushort> LengthBase => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtra => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static ReadOnlySpan<byte> DistanceExtra => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>
    /// How long a compressed message may be. What cannot be compressed grows, at worst by an eighth and a little (zlib's deflateBound), so a message of just the limit has room.
    /// </summary>
    public long MaxCompressedBytes { get; } = Math.Min(maxMessageBytes, Array.MaxLength) + (Math.Min(maxMessageBytes, Array.MaxLength) / 8) + 64;

    /// <summary>Inflates a message.</summary>
    /// <param name="payload">The payloads of all its frames.</param>
    /// <returns>The message; valid until <see cref="Release"/>, which must follow, also after a violation.</returns>
    /// <exception cref="FrameViolationException">The data is not what RFC 1951 allows, or exceeds the limit.</exception>
    public ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> payload)
    {
        Reserve(Math.Max(MinGuess, 4L * payload.Length), _window.AsSpan(0, _windowLength));
        _start = _end = _windowLength;
        try
        {
            InflateBlocks(payload);
        }
        catch (InvalidDataException exception)
        {
            // RFC 6455 §7.4.1: data that is not consistent with the type of the message.
            throw FrameViolationException.InvalidData($"A compressed message cannot be inflated: {exception.Message} (RFC 7692 §7.2.2).");
        }

        return _output.AsSpan(_start, _end - _start);
    }

    /// <summary>Gives the message's memory back, and keeps what the next may refer to.</summary>
    public void Release()
    {
        if (takesOver && _end > _start)
        {
            _window ??= ArrayPool<byte>.Shared.Rent(MaxWindow);
            _windowLength = Math.Min(_end, MaxWindow);
            _output.AsSpan(_end - _windowLength, _windowLength).CopyTo(_window);
        }

        Return(ref _output);
        _start = _end = _limit = 0;
    }

    public void Dispose()
    {
        Return(ref _output);
        if (_window is not null)
        {
            ArrayPool<byte>.Shared.Return(_window);
            _window = null;
        }

        _windowLength = 0;
    }

    private void InflateBlocks(ReadOnlySpan<byte> payload)
    {
        scoped var bits = new DeflateBits(payload);
        var literals = new HuffmanTable(stackalloc ushort[HuffmanTable.Overhead + DeflateCodes.Literals]);
        var distances = new HuffmanTable(stackalloc ushort[HuffmanTable.Overhead + DeflateCodes.Distances]);
        // The sender has taken the end off an empty block, of which at least three bits are left (RFC 7692 §7.2.1).
        while (bits.Available >= 3)
        {
            var isLast = bits.Read(1) != 0;
            switch (bits.Read(2))
            {
                case 0:
                    if (!TryCopyStored(ref bits))
                    {
                        return;
                    }

                    break;
                case 1:
                    InflateBlock(ref bits, DeflateCodes.FixedLiterals, DeflateCodes.FixedDistances);
                    break;
                case 2:
                    DeflateCodes.Read(ref bits, literals, distances);
                    InflateBlock(ref bits, literals, distances);
                    break;
                default:
                    throw new InvalidDataException("there is a block of the reserved type 3");
            }

            if (isLast)
            {
                // What follows begins with a whole byte, and may go on referring to what was before (RFC 7692 §7.2.3.4).
                bits.Align();
            }
        }
    }

    /// <summary>Returns false at the block whose end was taken off: the message is complete.</summary>
    private bool TryCopyStored(ref DeflateBits bits)
    {
        const int Header = 4;
        var rest = bits.Align();
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest.Length < Header)
        {
            throw new InvalidDataException("the data ends within a block");
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length != (ushort)~BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]))
        {
            throw new InvalidDataException("the length of a stored block does not fit its complement");
        }

        if (rest.Length - Header < length)
        {
            throw new InvalidDataException("the data ends within a block");
        }

        rest.Slice(Header, length).CopyTo(Extend(length));
        bits.Skip(Header + length);
        return true;
    }

    private void InflateBlock(ref DeflateBits bits, scoped in HuffmanTable literals, scoped in HuffmanTable distances)
    {
        while (true)
        {
            var symbol = bits.Read(literals);
            if (symbol < DeflateCodes.EndOfBlock)
            {
                if (_end == _limit)
                {
                    Grow(1);
                }

                _output[_end++] = (byte)symbol;
                continue;
            }

            if (symbol == DeflateCodes.EndOfBlock)
            {
                return;
            }

            symbol -= DeflateCodes.FirstLength;
            if (symbol >= LengthBase.Length)
            {
                throw new InvalidDataException("there is a length that stands for nothing");
            }

            var length = LengthBase[symbol] + bits.Read(LengthExtra[symbol]);
            symbol = bits.Read(distances);
            if (symbol >= DistanceBase.Length)
            {
                throw new InvalidDataException("there is a distance that stands for nothing");
            }

            Repeat(DistanceBase[symbol] + bits.Read(DistanceExtra[symbol]), length);
        }
    }

    private void Repeat(int distance, int length)
    {
        if (distance > _end)
        {
            throw new InvalidDataException("there is a distance that goes back before the beginning");
        }

        var target = Extend(length);
        var source = _end - length - distance;
        for (var copied = 0; copied < length;)
        {
            // What is repeated may overlap what is written: then it grows as it is copied.
            var count = Math.Min(length - copied, distance + copied);
            _output.AsSpan(source, count).CopyTo(target[copied..]);
            copied += count;
        }
    }

    private Span<byte> Extend(int count)
    {
        if (_limit - _end < count)
        {
            Grow(count);
        }

        _end += count;
        return _output.AsSpan(_end - count, count);
    }

    /// <summary>Makes room for more, but for no more than the limit.</summary>
    private void Grow(int count)
    {
        var needed = (long)_end - _start + count;
        if (needed > maxMessageBytes)
        {
            throw FrameViolationException.TooLarge(needed, maxMessageBytes);
        }

        Reserve(Math.Max(needed, 2L * (_end - _start)), _output.AsSpan(0, _end));
    }

    private void Reserve(long messageBytes, ReadOnlySpan<byte> kept)
    {
        var size = (int)Math.Min(_windowLength + Math.Min(messageBytes, maxMessageBytes), Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent(size);
        kept.CopyTo(larger);
        Return(ref _output);
        _output = larger;
        _limit = (int)Math.Min(larger.Length, _windowLength + maxMessageBytes);
    }

    private static void Return(ref byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = [];
    }
}

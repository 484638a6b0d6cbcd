using System.Buffers.Binary;

namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>Reads compressed data bit by bit, the lowest bit of each byte first (RFC 1951 §3.1.1).</summary>
internal ref struct DeflateBits(ReadOnlySpan<byte> input)
{
    // A code has at most 15 bits.
    private const int EnoughForACode = 15;

    private readonly ReadOnlySpan<byte> _input = input;
    private int _position;
    private ulong _bits;
    private int _count;

    /// <summary>How many bits are left, at most as many as have been looked at.</summary>
    public int Available
    {
        get
        {
            Fill();
            return _count;
        }
    }

    /// <exception cref="InvalidDataException">Fewer bits are left.</exception>
    public int Read(int count)
    {
        Fill();
        var value = (int)(_bits & ((1u << count) - 1));
        Take(count);
        return value;
    }

    /// <summary>Reads one code.</summary>
    /// <exception cref="InvalidDataException">The bits end, or begin with no code of the table.</exception>
    public int Read(scoped in HuffmanTable table)
    {
        if (_count < EnoughForACode)
        {
            Fill();
        }

        var symbol = table.Find((uint)_bits, out var length);
        Take(length);
        return symbol;
    }

    /// <summary>Steps to the next whole byte, and returns everything from there on.</summary>
    public ReadOnlySpan<byte> Align()
    {
        // What was looked at ahead is given back.
        _position -= _count >> 3;
        (_bits, _count) = (0, 0);
        return _input[_position..];
    }

    /// <summary>Steps over bytes, after <see cref="Align"/>.</summary>
    public void Skip(int bytes) => _position += bytes;

    private void Take(int count)
    {
        if (count > _count)
        {
            throw new InvalidDataException("the data ends within a block");
        }

        _bits >>= count;
        _count -= count;
    }

    private void Fill()
    {
        if (_input.Length - _position >= sizeof(ulong))
        {
            // The bits above the last whole byte are read again the next time, and are the same then.
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(_input[_position..]) << _count;
            var bytes = (63 - _count) >> 3;
            _position += bytes;
            _count += bytes << 3;
            return;
        }

        for (; _count <= 56 && _position < _input.Length; _count += 8)
        {
            _bits |= (ulong)_input[_position++] << _count;
        }
    }
}

using System.Buffers.Text;
using System.Globalization;

namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    // Every integer of so many digits fits 64 bits.
    private const int SafeDigits = 19;
    // Both the integers up to 2^53 and the powers of ten up to 10^22 are exact, so one multiplication or division of them is rounded correctly (W. Clinger, "How to read floating
    // point numbers accurately", 1990).
    private const ulong MaxExactInteger = 1ul << 53;

    private static readonly double[] s_exactPowers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <inheritdoc/>
    public byte ReadByte() => (byte)ReadInteger(byte.MinValue, byte.MaxValue, "byte");

    /// <inheritdoc/>
    public sbyte ReadSByte() => (sbyte)ReadInteger(sbyte.MinValue, sbyte.MaxValue, "sbyte");

    /// <inheritdoc/>
    public short ReadInt16() => (short)ReadInteger(short.MinValue, short.MaxValue, "short");

    /// <inheritdoc/>
    public ushort ReadUInt16() => (ushort)ReadInteger(ushort.MinValue, ushort.MaxValue, "ushort");

    /// <inheritdoc/>
    public int ReadInt32() => (int)ReadInteger(int.MinValue, int.MaxValue, "int");

    /// <inheritdoc/>
    public uint ReadUInt32() => (uint)ReadInteger(uint.MinValue, uint.MaxValue, "uint");

    /// <inheritdoc/>
    public long ReadInt64() => ReadInteger(long.MinValue, long.MaxValue, "long");

    /// <inheritdoc/>
    public ulong ReadUInt64()
    {
        if (Next() == '"')
        {
            var text = ReadUnescaped();
            return Utf8Parser.TryParse(text, out ulong quoted, out var consumed) && consumed == text.Length ? quoted : throw NotA("ulong");
        }

        var start = _position;
        var magnitude = ReadMagnitude(out var digits);
        if (digits < SafeDigits + 1)
        {
            return magnitude;
        }

        return Utf8Parser.TryParse(_payload[start.._position], out ulong value, out _) ? value : throw NotA("ulong");
    }

    /// <inheritdoc/>
    public Half ReadHalf()
    {
        var number = ReadNumber(out var quoted);
        if (Half.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Half.IsFinite(value))
        {
            return value;
        }

        return quoted && TryReadNamed(number, out var named) ? (Half)named : throw NotA("Half");
    }

    /// <inheritdoc/>
    public float ReadSingle()
    {
        var start = _position;
        if (TryReadExact(out var exact))
        {
            // Rounded twice: to double, and to float. That differs from rounding once only where the first result lies in the middle between two floats.
            const ulong BelowFloat = 0x1fff_ffff;
            const ulong Middle = 0x1000_0000;
            var single = (float)exact;
            if ((BitConverter.DoubleToUInt64Bits(exact) & BelowFloat) != Middle && (float.IsNormal(single) || exact == 0))
            {
                return single;
            }
        }

        _position = start;
        var number = ReadNumber(out var quoted);
        if (Utf8Parser.TryParse(number, out float value, out var consumed) && consumed == number.Length && (!quoted || float.IsFinite(value)))
        {
            return value;
        }

        return quoted && TryReadNamed(number, out var named) ? (float)named : throw NotA("float");
    }

    /// <inheritdoc/>
    public double ReadDouble()
    {
        var start = _position;
        if (TryReadExact(out var exact))
        {
            return exact;
        }

        _position = start;
        var number = ReadNumber(out var quoted);
        if (Utf8Parser.TryParse(number, out double value, out var consumed) && consumed == number.Length && (!quoted || double.IsFinite(value)))
        {
            return value;
        }

        return quoted && TryReadNamed(number, out var named) ? named : throw NotA("double");
    }

    /// <inheritdoc/>
    public decimal ReadDecimal()
    {
        var number = ReadNumber(out _);
        return Utf8Parser.TryParse(number, out decimal value, out var consumed) && consumed == number.Length ? value : throw NotA("decimal");
    }

    private long ReadInteger(long min, long max, string type)
    {
        if (Next() == '"')
        {
            return ReadQuotedInteger(min, max, type);
        }

        var negative = _payload.Length > _position && _payload[_position] == '-' && min < 0;
        _position += negative ? 1 : 0;
        var magnitude = ReadMagnitude(out var digits);
        if (digits > SafeDigits || magnitude > (ulong)max + (negative ? 1u : 0u))
        {
            throw NotA(type);
        }

        return negative ? -(long)magnitude : (long)magnitude;
    }

    private long ReadQuotedInteger(long min, long max, string type)
    {
        // A sign only where the type has one, as System.Text.Json does.
        var text = ReadUnescaped();
        var parsed = Utf8Parser.TryParse(text, out long value, out var consumed) && consumed == text.Length && (min < 0 || text[0] is not ((byte)'+' or (byte)'-'));
        return parsed && value >= min && value <= max ? value : throw NotA(type);
    }

    /// <summary>Reads an integer without a sign; more than <see cref="SafeDigits"/> digits may not fit the result.</summary>
    private ulong ReadMagnitude(out int digits)
    {
        var start = _position;
        var position = start;
        var value = 0ul;
        for (uint digit; (uint)position < (uint)_payload.Length && (digit = (uint)(_payload[position] - '0')) <= 9; position++)
        {
            value = (value * 10) + digit;
        }

        digits = position - start;
        if (digits == 0 || (digits > 1 && _payload[start] == '0') || (position < _payload.Length && _payload[position] is (byte)'.' or (byte)'e' or (byte)'E'))
        {
            ThrowUnexpected("an integer");
        }

        _position = position;
        return value;
    }

    /// <summary>Reads a number, which may stand in quotation marks: those that do are checked by whoever parses them.</summary>
    private ReadOnlySpan<byte> ReadNumber(out bool quoted)
    {
        quoted = Next() == '"';
        if (quoted)
        {
            return ReadUnescaped();
        }

        var start = _position;
        SkipNumber();
        return _payload[start.._position];
    }

    // RFC 8259 §6: [ minus ] int [ frac ] [ exp ], and the int begins with 0 only if it is 0.
    private void SkipNumber()
    {
        var position = _position;
        position += position < _payload.Length && _payload[position] == '-' ? 1 : 0;
        var digits = CountDigits(position);
        if (digits == 0 || (digits > 1 && _payload[position] == '0'))
        {
            ThrowUnexpected("a value");
        }

        position += digits;
        if (position < _payload.Length && _payload[position] == '.')
        {
            digits = CountDigits(position + 1);
            position += digits > 0 ? digits + 1 : throw Unexpected("a number with digits behind its point");
        }

        if (position < _payload.Length && _payload[position] is (byte)'e' or (byte)'E')
        {
            position++;
            position += position < _payload.Length && _payload[position] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = CountDigits(position);
            position += digits > 0 ? digits : throw Unexpected("a number with digits in its exponent");
        }

        _position = position;
    }

    private readonly int CountDigits(int start)
    {
        var position = start;
        while ((uint)position < (uint)_payload.Length && (uint)(_payload[position] - '0') <= 9)
        {
            position++;
        }

        return position - start;
    }

    /// <summary>Reads a number without an exponent if few enough digits make it exact; otherwise the position is anywhere.</summary>
    private bool TryReadExact(out double value)
    {
        Next();
        var position = _position;
        var negative = (uint)position < (uint)_payload.Length && _payload[position] == '-';
        position += negative ? 1 : 0;
        var start = position;
        var point = -1;
        var mantissa = 0ul;
        for (; (uint)position < (uint)_payload.Length; position++)
        {
            var digit = (uint)(_payload[position] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (_payload[position] == '.' && point < 0)
            {
                point = position;
            }
            else
            {
                break;
            }
        }

        value = 0;
        var integers = (point < 0 ? position : point) - start;
        var fraction = point < 0 ? 0 : position - point - 1;
        if (integers == 0 || (integers > 1 && _payload[start] == '0') || (point >= 0 && fraction == 0) || integers + fraction > SafeDigits || mantissa > MaxExactInteger
            || (position < _payload.Length && _payload[position] is (byte)'e' or (byte)'E'))
        {
            return false;
        }

        _position = position;
        value = mantissa / s_exactPowers[fraction];
        value = negative ? -value : value;
        return true;
    }

    private static bool TryReadNamed(ReadOnlySpan<byte> text, out double value)
    {
        value = text switch
        {
            _ when text.SequenceEqual("NaN"u8) => double.NaN,
            _ when text.SequenceEqual("Infinity"u8) => double.PositiveInfinity,
            _ => double.NegativeInfinity,
        };
        return !double.IsNegativeInfinity(value) || text.SequenceEqual("-Infinity"u8);
    }

    private readonly PayloadException NotA(string type) => new($"The number that ends at byte {_position} does not fit '{type}'.");
}

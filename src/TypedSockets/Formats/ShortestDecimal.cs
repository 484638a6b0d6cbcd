using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

/// <summary>
/// Writes the shortest decimal that is read back as the same number, the nearest of them where there are several: what the runtime writes, in about a third of its time for the
/// numbers from 0.001 on that need no exponent. The runtime writes the others.
/// </summary>
internal static class ShortestDecimal
{
    /// <summary>How much room a number may take.</summary>
    public const int MaxCharacters = 32;

    private const int SingleFractionBits = 23;
    private const int DoubleFractionBits = 52;

    private static readonly ulong[] s_powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    /// <summary>Writes a finite number into <paramref name="target"/> and returns its length.</summary>
    public static int Write(float value, Span<byte> target)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= 0.001f and < 1e7f)
        {
            var bits = BitConverter.SingleToUInt32Bits(magnitude);
            var fraction = bits & ((1u << SingleFractionBits) - 1);
            var exponent = (int)(bits >> SingleFractionBits) - 127 - SingleFractionBits;
            var written = Write(value < 0, magnitude, fraction | (1u << SingleFractionBits), exponent, fraction == 0, safeDigits: 6, maxDigits: 9, target);
            if (written != 0)
            {
                return written;
            }
        }

        value.TryFormat(target, out var slowly, default, CultureInfo.InvariantCulture);
        return slowly;
    }

    /// <inheritdoc cref="Write(float, Span{byte})"/>
    public static int Write(double value, Span<byte> target)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= 0.001 and < 1e15)
        {
            var bits = BitConverter.DoubleToUInt64Bits(magnitude);
            var fraction = bits & ((1ul << DoubleFractionBits) - 1);
            var exponent = (int)(bits >> DoubleFractionBits) - 1023 - DoubleFractionBits;
            var written = Write(value < 0, magnitude, fraction | (1ul << DoubleFractionBits), exponent, fraction == 0, safeDigits: 15, maxDigits: 17, target);
            if (written != 0)
            {
                return written;
            }
        }

        value.TryFormat(target, out var slowly, default, CultureInfo.InvariantCulture);
        return slowly;
    }

    // Writes mantissa * 2^exponent, or nothing where two decimals are equally good or the interval around the number is lopsided. Decimals of 'safeDigits' are all different numbers,
    // so one of them is the shortest when its trailing zeros are taken off; 'maxDigits' are always enough.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write(bool negative, double magnitude, ulong mantissa, int exponent, bool isPowerOfTwo, int safeDigits, int maxDigits, Span<byte> target)
    {
        target[0] = (byte)'-';
        var start = negative ? 1 : 0;
        var integer = (ulong)magnitude;
        if (integer == magnitude)
        {
            Utf8Formatter.TryFormat(integer, target[start..], out var digits);
            return start + digits;
        }

        // In units of the last of 'maxDigits' digits the number is whole + part / 2^shift, exactly; it is halfWhole + halfPart / 2^shift to the middle between it and its neighbours.
        var decimals = Decimals(magnitude, integer, maxDigits);
        var power = s_powers[decimals];
        var shift = -exponent;
        var mask = (1ul << shift) - 1;
        var high = Math.BigMul(mantissa, power, out var low);
        var whole = (high << (64 - shift)) | (low >> shift);
        var part = low & mask;
        var (halfWhole, halfPart) = (power / 2 >> shift, power / 2 & mask);

        for (var digit = safeDigits; digit <= maxDigits; digit++)
        {
            // The nearest decimal of so many digits, and how far it is.
            var unit = s_powers[maxDigits - digit];
            var quotient = Divide(whole, maxDigits - digit);
            var rest = whole - (quotient * unit);
            var order = unit == 1 ? part.CompareTo(1ul << (shift - 1)) : Compare(rest, part, unit / 2, 0);
            var (distance, distancePart) = order < 0 ? (rest, part) : (unit - rest - (part == 0 ? 0ul : 1ul), (0 - part) & mask);
            var reach = Compare(distance, distancePart, halfWhole, halfPart);
            if (reach > 0)
            {
                continue;
            }

            // Below a power of two the neighbour is half as far.
            if (reach == 0 || order == 0 || (isPowerOfTwo && order < 0 && Compare(distance, distancePart, power / 4 >> shift, power / 4 & mask) >= 0))
            {
                return 0;
            }

            return start + WriteDecimal(integer, order < 0 ? quotient : quotient + 1, decimals - (maxDigits - digit), target[start..]);
        }

        return 0;
    }

    // By constants, which the compiler turns into multiplications.
    private static ulong Divide(ulong value, int zeros) => zeros switch
    {
        0 => value,
        1 => value / 10,
        2 => value / 100,
        _ => value / 1_000,
    };

    private static int Compare(ulong whole, ulong part, ulong otherWhole, ulong otherPart) => whole != otherWhole ? whole.CompareTo(otherWhole) : part.CompareTo(otherPart);

    // How many digits stand behind the point when the first of 'digits' is not zero.
    private static int Decimals(double magnitude, ulong integer, int digits)
    {
        if (integer == 0)
        {
            return magnitude >= 0.1 ? digits : magnitude >= 0.01 ? digits + 1 : digits + 2;
        }

        var count = 1;
        while (integer >= s_powers[count])
        {
            count++;
        }

        return digits - count;
    }

    private static int WriteDecimal(ulong integer, ulong digits, int decimals, Span<byte> target)
    {
        // A number that is no integer has a digit other than zero behind its point, so this ends there.
        for (var shorter = digits / 10; shorter * 10 == digits; shorter = digits / 10)
        {
            digits = shorter;
            decimals--;
        }

        // The decimal lies between the same two integers as the number, which is none.
        var fraction = digits - (integer * s_powers[decimals]);
        Utf8Formatter.TryFormat(integer, target, out var written);
        target[written] = (byte)'.';
        for (var position = written + decimals; position > written; position--)
        {
            var shorter = fraction / 10;
            target[position] = (byte)('0' + (fraction - (shorter * 10)));
            fraction = shorter;
        }

        return written + 1 + decimals;
    }
}

using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

/// <summary>Dates and times as System.Text.Json writes and reads them: the extended format of ISO 8601-1:2019, seconds and their fraction optional.</summary>
internal static class Iso8601
{
    private const int DateLength = 10;
    private const int MinuteLength = 16;
    private const int SecondLength = 19;
    private const int MaxFractionDigits = 16;
    private const int TickDigits = 7;

    /// <summary>Writes <c>2024-07-01T12:30:00</c> and what is not zero of the fraction, 27 characters at most, and returns how many they are.</summary>
    public static int Write(DateTime value, Span<byte> target)
    {
        var (year, month, day) = DateOnly.FromDateTime(value);
        WriteDate(year, month, day, target);
        var ticks = (ulong)value.TimeOfDay.Ticks;
        var seconds = (uint)(ticks / TimeSpan.TicksPerSecond);
        var fraction = (uint)(ticks % TimeSpan.TicksPerSecond);
        target[10] = (byte)'T';
        WriteTwoDigits(seconds / 3600, target[11..]);
        target[13] = (byte)':';
        WriteTwoDigits(seconds / 60 % 60, target[14..]);
        target[16] = (byte)':';
        WriteTwoDigits(seconds % 60, target[17..]);
        if (fraction == 0)
        {
            return SecondLength;
        }

        var digits = TickDigits;
        for (; fraction % 10 == 0; fraction /= 10)
        {
            digits--;
        }

        target[SecondLength] = (byte)'.';
        for (var digit = digits; digit > 0; digit--, fraction /= 10)
        {
            target[SecondLength + digit] = (byte)('0' + (fraction % 10));
        }

        return SecondLength + 1 + digits;
    }

    /// <summary>Writes <c>2024-07-01</c>.</summary>
    public static int Write(DateOnly value, Span<byte> target)
    {
        WriteDate(value.Year, value.Month, value.Day, target);
        return DateLength;
    }

    /// <summary>Writes <c>+02:00</c>.</summary>
    public static int WriteOffset(int minutes, Span<byte> target)
    {
        target[0] = (byte)(minutes < 0 ? '-' : '+');
        var absolute = (uint)Math.Abs(minutes);
        WriteTwoDigits(absolute / 60, target[1..]);
        target[3] = (byte)':';
        WriteTwoDigits(absolute % 60, target[4..]);
        return 6;
    }

    /// <summary>Reads a date, a date with hours and minutes, or one with seconds and a fraction, and an offset; without one, zero is assumed.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="clock">The time at that offset.</param>
    /// <param name="offset">The offset in minutes; up to 99 hours, for the caller to check.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime clock, out int offset)
    {
        offset = 0;
        clock = default;
        if (!TryReadDatePart(text, out var date))
        {
            return false;
        }

        var ticks = 0L;
        if (text.Length > DateLength && !TryReadTime(text, out ticks, out offset))
        {
            return false;
        }

        clock = new DateTime((date.DayNumber * TimeSpan.TicksPerDay) + ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Reads a date that is all of the text.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        return text.Length == DateLength && TryReadDatePart(text, out date);
    }

    private static bool TryReadDatePart(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-'
            || !TryReadTwoDigits(text, out var century) || !TryReadTwoDigits(text[2..], out var year)
            || !TryReadTwoDigits(text[5..], out var month) || !TryReadTwoDigits(text[8..], out var day))
        {
            return false;
        }

        year += century * 100;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> text, out long ticks, out int offset)
    {
        ticks = 0;
        offset = 0;
        if (text.Length < MinuteLength || text[10] != 'T' || text[13] != ':'
            || !TryReadTwoDigits(text[11..], out var hour) || hour > 23 || !TryReadTwoDigits(text[14..], out var minute) || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        var rest = text[MinuteLength..];
        if (rest is [(byte)':', ..])
        {
            if (rest.Length < 3 || !TryReadTwoDigits(rest[1..], out var second) || second > 59)
            {
                return false;
            }

            ticks += second * TimeSpan.TicksPerSecond;
            rest = rest[3..];
            if (rest is [(byte)'.', ..] && !TryReadFraction(ref rest, ref ticks))
            {
                return false;
            }
        }

        return TryReadOffset(rest, out offset);
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        var unit = TimeSpan.TicksPerSecond;
        var digits = 1;
        for (; digits < rest.Length && (uint)(rest[digits] - '0') <= 9; digits++)
        {
            // What is below a tick is cut off.
            unit /= 10;
            ticks += (rest[digits] - '0') * unit;
        }

        rest = rest[digits..];
        return digits <= MaxFractionDigits + 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [] or [(byte)'Z'])
        {
            return true;
        }

        if (text.Length is not (3 or 6) || text[0] is not ((byte)'+' or (byte)'-') || !TryReadTwoDigits(text[1..], out var hours))
        {
            return false;
        }

        if (text.Length == 6 && (text[3] != ':' || !TryReadTwoDigits(text[4..], out minutes) || minutes > 59))
        {
            return false;
        }

        minutes += hours * 60;
        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool TryReadTwoDigits(ReadOnlySpan<byte> text, out int value)
    {
        var tens = (uint)(text[0] - '0');
        var ones = (uint)(text[1] - '0');
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    private static void WriteDate(int year, int month, int day, Span<byte> target)
    {
        WriteTwoDigits((uint)year / 100, target);
        WriteTwoDigits((uint)year % 100, target[2..]);
        target[4] = (byte)'-';
        WriteTwoDigits((uint)month, target[5..]);
        target[7] = (byte)'-';
        WriteTwoDigits((uint)day, target[8..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTwoDigits(uint value, Span<byte> target)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
    }
}

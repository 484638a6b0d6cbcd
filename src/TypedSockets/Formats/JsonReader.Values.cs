using System.Buffers.Text;

namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    /// <inheritdoc/>
    public Guid ReadGuid()
    {
        var text = ReadToken("a GUID");
        return Utf8Parser.TryParse(text, out Guid value, out var consumed) && consumed == text.Length ? value : throw Not("a GUID");
    }

    /// <inheritdoc/>
    public DateTime ReadDateTime()
    {
        if (Iso8601.TryRead(ReadToken("a date and time"), out var clock, out var offset))
        {
            var ticks = clock.Ticks - (offset * TimeSpan.TicksPerMinute);
            if ((ulong)ticks <= (ulong)DateTime.MaxValue.Ticks && IsOffset(offset))
            {
                return new DateTime(ticks, DateTimeKind.Utc);
            }
        }

        throw Not("a date and time");
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadDateTimeOffset()
    {
        if (Iso8601.TryRead(ReadToken("a date and time"), out var clock, out var offset))
        {
            var ticks = clock.Ticks - (offset * TimeSpan.TicksPerMinute);
            if ((ulong)ticks <= (ulong)DateTime.MaxValue.Ticks && IsOffset(offset))
            {
                return new DateTimeOffset(clock.Ticks, new TimeSpan(offset * TimeSpan.TicksPerMinute));
            }
        }

        throw Not("a date and time");
    }

    /// <inheritdoc/>
    public DateOnly ReadDateOnly() => Iso8601.TryReadDate(ReadToken("a date"), out var date) ? date : throw Not("a date");

    /// <inheritdoc/>
    public TimeOnly ReadTimeOnly()
    {
        // Days would be written before a point.
        var text = ReadToken("a time of day");
        var separator = text.IndexOfAny((byte)'.', (byte)':');
        return separator >= 0 && text[separator] == ':' && TryReadTimeSpan(text, out var value) && value >= TimeSpan.Zero && value <= TimeOnly.MaxValue.ToTimeSpan()
            ? TimeOnly.FromTimeSpan(value)
            : throw Not("a time of day");
    }

    /// <inheritdoc/>
    public TimeSpan ReadTimeSpan() => TryReadTimeSpan(ReadToken("a duration"), out var value) ? value : throw Not("a duration");

    // System.Text.Json: the constant format, which is not culture-sensitive, without the white space that its parser would pass.
    private static bool TryReadTimeSpan(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        return !text.IsEmpty && text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            && Utf8Parser.TryParse(text, out value, out var consumed, 'c') && consumed == text.Length;
    }

    private static bool IsOffset(int minutes) => minutes is >= -14 * 60 and <= 14 * 60;

    // System.Text.Json writes 'True' as a key, and reads it in letters of either case.
    private bool ReadBooleanKey()
    {
        var text = ReadUnescaped();
        return Utf8Parser.TryParse(text, out bool value, out var consumed) && consumed == text.Length ? value : throw Not("a boolean");
    }

    private ReadOnlySpan<byte> ReadToken(string expected)
    {
        if (Next() != '"')
        {
            ThrowUnexpected($"a string that is {expected}");
        }

        return ReadUnescaped();
    }

    private readonly PayloadException Not(string expected) => new($"The string that ends at byte {_position} is not {expected}.");
}

using System.Buffers.Binary;
using System.Buffers.Text;

namespace TypedSockets.Formats;

public ref partial struct MessagePackReader
{
    /// <inheritdoc/>
    public decimal ReadDecimal()
    {
        var text = TakeString();
        return Utf8Parser.TryParse(text, out decimal value, out var consumed) && consumed == text.Length
            ? value
            : throw new PayloadException($"The text that ends at byte {_position} is not a decimal number.");
    }

    /// <inheritdoc/>
    public Guid ReadGuid()
    {
        var text = TakeString();
        return Utf8Parser.TryParse(text, out Guid value, out var consumed) && consumed == text.Length
            ? value
            : throw new PayloadException($"The text that ends at byte {_position} is not a GUID.");
    }

    /// <inheritdoc/>
    public DateTime ReadDateTime() => ReadTimestamp();

    /// <inheritdoc/>
    public DateTimeOffset ReadDateTimeOffset()
    {
        var count = BeginArray();
        if (count != 2)
        {
            throw new PayloadException($"A point in time with an offset has 2 values, not {count}.");
        }

        var clock = ReadTimestamp();
        var minutes = ReadInt16();
        EndArray();
        try
        {
            return new DateTimeOffset(clock.Ticks, TimeSpan.FromMinutes(minutes));
        }
        catch (ArgumentException exception)
        {
            throw new PayloadException($"'{clock:O}' at an offset of {minutes} minutes is not a point in time.", exception);
        }
    }

    /// <inheritdoc/>
    public DateOnly ReadDateOnly()
    {
        var day = ReadInt32();
        return day >= 0 && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(day)
            : throw PayloadException.OutOfRange($"day {day}", nameof(DateOnly));
    }

    /// <inheritdoc/>
    public TimeOnly ReadTimeOnly()
    {
        var ticks = ReadInt64();
        return ticks >= 0 && ticks <= TimeOnly.MaxValue.Ticks ? new TimeOnly(ticks) : throw PayloadException.OutOfRange($"{ticks} ticks", nameof(TimeOnly));
    }

    /// <inheritdoc/>
    public TimeSpan ReadTimeSpan() => new(ReadInt64());

    private DateTime ReadTimestamp()
    {
        var code = ReadCode();
        var length = code switch
        {
            MessagePackCode.FixExt4 => 4,
            MessagePackCode.FixExt8 => 8,
            MessagePackCode.Ext8 => Take(1)[0],
            _ => throw Unexpected(code, "a timestamp"),
        };
        var type = (sbyte)Take(1)[0];
        if (type != MessagePackCode.Timestamp || length is not (4 or 8 or 12))
        {
            throw new PayloadException($"An extension of type {type} and {length} bytes ends before byte {_position}, where a timestamp should be.");
        }

        var bytes = Take((uint)length);
        var (seconds, nanoseconds) = length switch
        {
            4 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0u),
            8 => Split(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
            _ => (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        };
        var min = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        var max = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return seconds >= min && seconds <= max && nanoseconds < 1_000_000_000
            ? DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw PayloadException.OutOfRange($"{seconds} s {nanoseconds} ns since 1970", nameof(DateTime));

        static (long Seconds, uint Nanoseconds) Split(ulong value) => ((long)(value & 0x3_ffff_ffff), (uint)(value >> 34));
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;

namespace TypedSockets.Formats;

public ref partial struct MessagePackWriter
{
    /// <inheritdoc/>
    public void WriteDecimal(decimal value)
    {
        Reserve(2 + MaxDecimalCharacters);
        Utf8Formatter.TryFormat(value, _span[(_position + 1)..], out var bytes);
        // At most 31 characters: 29 digits, a sign and a point.
        WriteStringHeader(bytes, 1);
        _position += bytes;
    }

    /// <inheritdoc/>
    public void WriteGuid(Guid value)
    {
        const int Characters = 36;
        Reserve(2 + Characters);
        WriteStringHeader(Characters, 2);
        Utf8Formatter.TryFormat(value, _span[_position..], out _);
        _position += Characters;
    }

    /// <inheritdoc/>
    public void WriteDateTime(DateTime value) => WriteTimestamp(value.Kind is DateTimeKind.Local ? value.ToUniversalTime() : value);

    /// <inheritdoc/>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        BeginArray(2);
        // The clock time at that offset, not UTC: so MessagePack-CSharp writes it, and so it is read back.
        WriteTimestamp(value.DateTime);
        WriteInt32((int)value.Offset.TotalMinutes);
    }

    /// <inheritdoc/>
    public void WriteDateOnly(DateOnly value) => WriteInt32(value.DayNumber);

    /// <inheritdoc/>
    public void WriteTimeOnly(TimeOnly value) => WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public void WriteTimeSpan(TimeSpan value) => WriteInt64(value.Ticks);

    private const int MaxDecimalCharacters = 31;

    // MessagePack specification, "Timestamp extension type": 32 bits of seconds, or 30 bits of nanoseconds and 34 of seconds, or 32 and 64.
    private void WriteTimestamp(DateTime value)
    {
        var ticks = value.Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0)
        {
            seconds--;
            rest += TimeSpan.TicksPerSecond;
        }

        var nanoseconds = (uint)(rest * TimeSpan.NanosecondsPerTick);
        Reserve(15);
        var target = _span[_position..];
        if ((ulong)seconds >> 34 != 0)
        {
            target[0] = MessagePackCode.Ext8;
            target[1] = 12;
            target[2] = unchecked((byte)MessagePackCode.Timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(target[3..], nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(target[7..], seconds);
            _position += 15;
            return;
        }

        target[1] = unchecked((byte)MessagePackCode.Timestamp);
        if (nanoseconds == 0 && seconds <= uint.MaxValue)
        {
            target[0] = MessagePackCode.FixExt4;
            BinaryPrimitives.WriteUInt32BigEndian(target[2..], (uint)seconds);
            _position += 6;
            return;
        }

        target[0] = MessagePackCode.FixExt8;
        BinaryPrimitives.WriteUInt64BigEndian(target[2..], ((ulong)nanoseconds << 34) | (ulong)seconds);
        _position += 10;
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedSockets.Formats;

public ref partial struct JsonWriter
{
    // The longest of each kind: '-9223372036854775808', '-1.2345678901234567E-308', '-7.9228162514264337593543950335', '-10675199.02:48:05.4775808'.
    private const int MaxIntegerCharacters = 20;
    private const int MaxNumberCharacters = 32;
    private const int MaxTimeCharacters = 35;

    /// <inheritdoc/>
    public void WriteInt32(int value)
    {
        Reserve(MaxIntegerCharacters + 1);
        Utf8Formatter.TryFormat(value, _span[_position..], out var written);
        Close(written);
    }

    /// <inheritdoc/>
    public void WriteInt64(long value)
    {
        Reserve(MaxIntegerCharacters + 1);
        Utf8Formatter.TryFormat(value, _span[_position..], out var written);
        Close(written);
    }

    /// <inheritdoc/>
    public void WriteUInt64(ulong value)
    {
        Reserve(MaxIntegerCharacters + 1);
        Utf8Formatter.TryFormat(value, _span[_position..], out var written);
        Close(written);
    }

    /// <inheritdoc/>
    public void WriteHalf(Half value)
    {
        if (!Half.IsFinite(value))
        {
            WriteNotFinite((double)value);
            return;
        }

        Reserve(MaxNumberCharacters + 1);
        value.TryFormat(_span[_position..], out var written, default, CultureInfo.InvariantCulture);
        Close(written);
    }

    /// <inheritdoc/>
    public void WriteSingle(float value)
    {
        if (!float.IsFinite(value))
        {
            WriteNotFinite(value);
            return;
        }

        Reserve(ShortestDecimal.MaxCharacters + 1);
        Close(ShortestDecimal.Write(value, _span[_position..]));
    }

    /// <inheritdoc/>
    public void WriteDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            WriteNotFinite(value);
            return;
        }

        Reserve(ShortestDecimal.MaxCharacters + 1);
        Close(ShortestDecimal.Write(value, _span[_position..]));
    }

    /// <inheritdoc/>
    public void WriteDecimal(decimal value)
    {
        Reserve(MaxNumberCharacters + 1);
        Utf8Formatter.TryFormat(value, _span[_position..], out var written);
        Close(written);
    }

    /// <inheritdoc/>
    public void WriteGuid(Guid value)
    {
        const int Characters = 36;
        Reserve(Characters + 3);
        _span[_position] = (byte)'"';
        Utf8Formatter.TryFormat(value, _span[(_position + 1)..], out _);
        _position += Characters + 1;
        CloseText();
    }

    /// <inheritdoc/>
    public void WriteDateTime(DateTime value)
    {
        Reserve(MaxTimeCharacters + 3);
        var target = _span[_position..];
        target[0] = (byte)'"';
        var written = 1 + Iso8601.Write(value.Kind is DateTimeKind.Local ? value.ToUniversalTime() : value, target[1..]);
        target[written] = (byte)'Z';
        _position += written + 1;
        CloseText();
    }

    /// <inheritdoc/>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        Reserve(MaxTimeCharacters + 3);
        var target = _span[_position..];
        target[0] = (byte)'"';
        var written = 1 + Iso8601.Write(value.DateTime, target[1..]);
        written += Iso8601.WriteOffset(value.TotalOffsetMinutes, target[written..]);
        _position += written;
        CloseText();
    }

    /// <inheritdoc/>
    public void WriteDateOnly(DateOnly value)
    {
        Reserve(MaxTimeCharacters + 3);
        var target = _span[_position..];
        target[0] = (byte)'"';
        _position += 1 + Iso8601.Write(value, target[1..]);
        CloseText();
    }

    /// <inheritdoc/>
    public void WriteTimeOnly(TimeOnly value) => WriteTimeSpan(value.ToTimeSpan());

    /// <inheritdoc/>
    public void WriteTimeSpan(TimeSpan value)
    {
        Reserve(MaxTimeCharacters + 3);
        _span[_position] = (byte)'"';
        Utf8Formatter.TryFormat(value, _span[(_position + 1)..], out var written, 'c');
        _position += written + 1;
        CloseText();
    }

    // System.Text.Json: JsonNumberHandling.AllowNamedFloatingPointLiterals.
    private void WriteNotFinite(double value)
    {
        if (double.IsNaN(value))
        {
            WriteLiteral("\"NaN\","u8);
        }
        else if (value > 0)
        {
            WriteLiteral("\"Infinity\","u8);
        }
        else
        {
            WriteLiteral("\"-Infinity\","u8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(int written)
    {
        _position += written;
        _span[_position++] = (byte)',';
    }
}

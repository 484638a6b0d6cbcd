using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>What the npm package @msgpack/msgpack makes of a value: a text that describes it, and the bytes that it writes, with the differences from ours that it has met.</summary>
/// <param name="isExact">Whether 64-bit integers are read as BigInt and timestamps with their nanoseconds, instead of the package's defaults.</param>
internal sealed class JavaScriptMessagePack(bool isExact)
{
    /// <summary>The differences, by the names that they have in docs/protocol/payload-differences.md.</summary>
    public SortedSet<string> Differences { get; } = new(StringComparer.Ordinal);

    /// <summary>The same text as in <c>payloads.mjs</c>.</summary>
    public static string Describe(Plain value) => value switch
    {
        PlainNil => "null",
        PlainBoolean boolean => boolean.Value ? "true" : "false",
        PlainInteger integer when Is64Bits(integer.Value) => string.Create(CultureInfo.InvariantCulture, $"{integer.Value}n"),
        PlainInteger integer => Describe((double)integer.Value),
        PlainFloat number => Describe(number.Value),
        PlainString text => Convert.ToBase64String(Encoding.Unicode.GetBytes(text.Value)) + "s",
        PlainBinary binary => Convert.ToBase64String(binary.Value) + "b",
        PlainArray array => $"[{string.Join(',', array.Elements.Select(Describe))}]",
        PlainMap map => $"{{{string.Join(',', map.Entries.Select(entry => $"{Describe(entry.Key)}:{Describe(entry.Value)}"))}}}",
        PlainTimestamp time => string.Create(CultureInfo.InvariantCulture, $"({time.Seconds},{time.Nanoseconds})"),
        _ => throw new ArgumentException($"'{value}' is of an unknown kind.", nameof(value)),
    };

    /// <summary>The bytes that are written again; null where the package refuses to read.</summary>
    public byte[]? Encode(Plain value)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        var isRead = TryWrite(ref writer, buffer, value);
        writer.Flush();
        return isRead ? buffer.Written.ToArray() : null;
    }

    private bool TryWrite(ref MessagePackWriter writer, PayloadBuffer buffer, Plain value)
    {
        switch (value)
        {
            case PlainNil:
                writer.WriteNil();
                return true;
            case PlainBoolean boolean:
                writer.WriteBoolean(boolean.Value);
                return true;
            case PlainInteger integer:
                WriteInteger(ref writer, integer.Value);
                return true;
            case PlainFloat number:
                WriteFloat(ref writer, number);
                return true;
            case PlainString text:
                writer.WriteString(text.Value);
                return true;
            case PlainBinary binary:
                writer.WriteBinary(binary.Value);
                return true;
            case PlainArray array:
                writer.BeginArray(array.Elements.Count);
                var isRead = true;
                foreach (var element in array.Elements)
                {
                    isRead &= TryWrite(ref writer, buffer, element);
                }

                return isRead;
            case PlainMap map:
                return TryWriteMap(ref writer, buffer, map);
            case PlainTimestamp time:
                writer.Flush();
                WriteTimestamp(buffer, Round(time));
                return true;
            default:
                throw new ArgumentException($"'{value}' is of an unknown kind.", nameof(value));
        }
    }

    private void WriteInteger(ref MessagePackWriter writer, Int128 value)
    {
        if (!isExact && Int128.Abs(value) > (Int128)JavaScriptNumber.MaxSafeInteger)
        {
            Differences.Add("large-integers");
            writer.WriteDouble((double)value);
        }
        else if (value > 0)
        {
            writer.WriteUInt64((ulong)value);
        }
        else
        {
            writer.WriteInt64((long)value);
        }
    }

    private void WriteFloat(ref MessagePackWriter writer, PlainFloat number)
    {
        if (double.IsNaN(number.Value))
        {
            Differences.Add("nan");
            writer.WriteDouble(BitConverter.UInt64BitsToDouble(0x7ff8_0000_0000_0000));
        }
        else if (JavaScriptNumber.IsSafeInteger(number.Value) && (!isExact || !Is64Bits((Int128)number.Value)))
        {
            Differences.Add(number.Value == 0 && double.IsNegative(number.Value) ? "negative-zero" : "whole-floats");
            writer.WriteInt64((long)number.Value);
        }
        else
        {
            if (number.IsSingle)
            {
                Differences.Add("single-precision");
            }

            writer.WriteDouble(number.Value);
        }
    }

    private bool TryWriteMap(ref MessagePackWriter writer, PayloadBuffer buffer, PlainMap map)
    {
        var isRead = true;
        var entries = new List<(string Key, Plain Value)>();
        foreach (var (key, value) in map.Entries)
        {
            switch (key)
            {
                case PlainString { Value: "__proto__" }:
                    Differences.Add("proto");
                    isRead = false;
                    break;
                case PlainString text:
                    entries.Add((text.Value, value));
                    break;
                case PlainInteger integer when !isExact || !Is64Bits(integer.Value):
                    Differences.Add("number-keys");
                    entries.Add((JavaScriptNumber.ToText((double)integer.Value), value));
                    break;
                case PlainFloat number:
                    Differences.Add("number-keys");
                    entries.Add((JavaScriptNumber.ToText(number.Value), value));
                    break;
                default:
                    Differences.Add("other-keys");
                    isRead = false;
                    break;
            }
        }

        var sorted = JavaScriptObject.Sort(entries, static entry => entry.Key);
        if (!Differences.Contains("number-keys") && !sorted.SequenceEqual(entries))
        {
            Differences.Add("digit-keys");
        }

        writer.BeginMap(sorted.Count);
        foreach (var (key, value) in sorted)
        {
            writer.WriteString(key);
            isRead &= TryWrite(ref writer, buffer, value);
        }

        return isRead;
    }

    private PlainTimestamp Round(PlainTimestamp time)
    {
        if (isExact || time.Nanoseconds % 1_000_000 == 0)
        {
            return time;
        }

        // A Date counts milliseconds; what is between two of them is cut towards 1970.
        Differences.Add("fine-timestamps");
        var milliseconds = (long)((time.Seconds * 1e3) + (time.Nanoseconds / 1e6));
        var seconds = (long)Math.Floor(milliseconds / 1e3);
        return new PlainTimestamp(seconds, (milliseconds - (seconds * 1_000)) * 1_000_000);
    }

    // MessagePack specification, "Timestamp extension type".
    private static void WriteTimestamp(PayloadBuffer buffer, PlainTimestamp time)
    {
        Span<byte> bytes = stackalloc byte[15];
        switch (time)
        {
            case { Seconds: >= 0 and <= uint.MaxValue, Nanoseconds: 0 }:
                bytes = bytes[..6];
                bytes[0] = 0xd6;
                BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)time.Seconds);
                break;
            case { Seconds: >= 0 and < 1L << 34 }:
                bytes = bytes[..10];
                bytes[0] = 0xd7;
                BinaryPrimitives.WriteUInt64BigEndian(bytes[2..], ((ulong)time.Nanoseconds << 34) | (ulong)time.Seconds);
                break;
            default:
                bytes[0] = 0xc7;
                BinaryPrimitives.WriteUInt32BigEndian(bytes[3..], (uint)time.Nanoseconds);
                BinaryPrimitives.WriteInt64BigEndian(bytes[7..], time.Seconds);
                break;
        }

        // The length of an extension that is not of a fixed one stands before its type, -1.
        bytes[1] = bytes.Length == 15 ? (byte)12 : (byte)0xff;
        bytes[2] = bytes.Length == 15 ? (byte)0xff : bytes[2];
        buffer.Write(bytes);
    }

    private static bool Is64Bits(Int128 value) => value > uint.MaxValue || value < int.MinValue;

    private static string Describe(double value) => double.IsNaN(value) ? "#NaN" : $"#{BitConverter.DoubleToUInt64Bits(value):x16}";
}

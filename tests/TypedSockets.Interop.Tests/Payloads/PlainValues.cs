using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TypedSockets.Corpus.Types;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>
/// What docs/guides/payloads.md promises for each type in MessagePack, written down a second time: by reflection, without the serializers or anything that they use.
/// </summary>
internal static class PlainValues
{
    private static readonly JsonSerializerOptions s_web = new(JsonSerializerDefaults.Web);

    public static Plain Of(object? value) => value switch
    {
        null => new PlainNil(),
        bool boolean => new PlainBoolean(boolean),
        Half number => new PlainFloat((double)number, IsSingle: true),
        float number => new PlainFloat(number, IsSingle: true),
        double number => new PlainFloat(number, IsSingle: false),
        char character => new PlainInteger(character),
        Rune rune => new PlainInteger(rune.Value),
        // Half of a surrogate pair has no UTF-8; U+FFFD stands for it.
        string text => new PlainString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))),
        Int128 or UInt128 or Guid or decimal or Version => new PlainString(Text(value)),
        Uri uri => new PlainString(uri.OriginalString),
        BigInteger number => new PlainBinary(number.ToByteArray()),
        Complex number => List(number.Real, number.Imaginary),
        DateTime time => Timestamp(time),
        DateTimeOffset time => new PlainArray([Timestamp(time.DateTime), new PlainInteger((int)time.Offset.TotalMinutes)]),
        DateOnly date => new PlainInteger(date.DayNumber),
        TimeOnly time => new PlainInteger(time.Ticks),
        TimeSpan span => new PlainInteger(span.Ticks),
        Enum item => new PlainInteger(Convert.GetTypeCode(item) == TypeCode.UInt64 ? Convert.ToUInt64(item, CultureInfo.InvariantCulture) : Convert.ToInt64(item, CultureInfo.InvariantCulture)),
        byte or sbyte or short or ushort or int or uint or long => new PlainInteger(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => new PlainInteger(number),
        byte[] bytes => new PlainBinary(bytes),
        Memory<byte> bytes => new PlainBinary(bytes.ToArray()),
        ReadOnlyMemory<byte> bytes => new PlainBinary(bytes.ToArray()),
        ArraySegment<byte> bytes => new PlainBinary(bytes.AsSpan().ToArray()),
        ReadOnlySequence<byte> bytes => new PlainBinary(bytes.ToArray()),
        Array { Rank: > 1 } grid => new PlainArray([.. Enumerable.Range(0, grid.Rank).Select(dimension => Of(grid.GetLength(dimension))), List(grid.Cast<object?>())]),
        ITuple tuple => List(Enumerable.Range(0, tuple.Length).Select(index => tuple[index])),
        IDictionary map => new PlainMap([.. Entries(map)]),
        IEnumerable when IsDefault(value) => List(),
        IEnumerable elements => List(elements.Cast<object?>()),
        _ => OfObject(value),
    };

    private static Plain OfObject(object value) => value switch
    {
        // Unions.
        Circle or Square or Group => Union(value is Circle ? 0 : value is Square ? 3 : 1000, value),
        Corpus.Types.Plain or Fancy => Union(value is Fancy ? 2 : 1, value),
        Notice => Union(value is Warning ? 1 : 0, value),
        // Attributes of MessagePack-CSharp.
        Numbered item => List(null, item.First, item.BinaryOnly, item.Computed, item.Last),
        Named item => new PlainMap([(Of("identifier"), Of(item.Id)), (Of("w"), Of(item.Who))]),
        ByPropertyName item => new PlainMap([(Of("Number"), Of(item.Number)), (Of("Names"), Of(item.Names))]),
        // Codecs of their own.
        Money money => Of($"{Text(money.Amount)} {money.Currency}"),
        Secret<string> => Of("***"),
        Formatted item => List(item.Id.ToString("x16", CultureInfo.InvariantCulture), item.Parent?.ToString("x16", CultureInfo.InvariantCulture), item.Price, item.Tip),
        Report report => new PlainBinary(JsonSerializer.SerializeToUtf8Bytes(report, s_web)),
        _ => Members(value),
    };

    private static PlainArray Union(int key, object value) => new([Of(key), Members(value)]);

    private static PlainArray Members(object value)
    {
        var hierarchy = new Stack<Type>();
        for (var type = value.GetType(); type != typeof(object) && type != typeof(ValueType); type = type.BaseType!)
        {
            hierarchy.Push(type);
        }

        return List(
            from type in hierarchy
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where member is PropertyInfo or FieldInfo && member.GetCustomAttribute<JsonIgnoreAttribute>() is null
            select member is PropertyInfo property ? property.GetValue(value) : ((FieldInfo)member).GetValue(value));
    }

    private static PlainArray List(params IEnumerable<object?> elements) => new([.. elements.Select(Of)]);

    private static IEnumerable<(Plain Key, Plain Value)> Entries(IDictionary map)
    {
        // Only this enumerator says DictionaryEntry.
        for (var entry = map.GetEnumerator(); entry.MoveNext();)
        {
            yield return (Of(entry.Key), Of(entry.Value));
        }
    }

    private static PlainTimestamp Timestamp(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = (long)Math.Floor((decimal)ticks / TimeSpan.TicksPerSecond);
        return new PlainTimestamp(seconds, (ticks - (seconds * TimeSpan.TicksPerSecond)) * TimeSpan.NanosecondsPerTick);
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static bool IsDefault(object value) => value is System.Collections.Immutable.ImmutableArray<string> { IsDefault: true };
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TypedSockets.Corpus;
using TypedSockets.Formats;
using TypedSockets.Tests.Shared;

namespace TypedSockets.Tests.Payloads;

/// <summary>
/// System.Text.Json by reflection, with its web defaults, writes the same bytes as the generated serializers, and either reads what the other writes; but for what is listed here and
/// in docs/protocol/payload-differences.md.
/// </summary>
public sealed class SystemTextJsonTests
{
    private static readonly JsonSerializerOptions s_web = new(JsonSerializerDefaults.Web);

    private static readonly JsonSerializerOptions s_webWithLiterals = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>By name of the difference: what it concerns, as the beginnings of the names of cases.</summary>
    private static readonly Dictionary<string, Difference> s_differences = new(StringComparer.Ordinal)
    {
        ["128-bits"] = new(Text.Other, WeRead: false, TheyRead: true, "Int128Value", "UInt128Value"),
        ["boolean-keys"] = new(Text.Other, WeRead: true, TheyRead: true, "ByBool"),
        ["codecs"] = new(Text.Other, WeRead: false, TheyRead: false, "MoneyValue", "SecretValue", "FormattedValue"),
        ["default-structs"] = new(Text.None, WeRead: false, TheyRead: false, "Segment: default", "ImmutableArrayValue: default"),
        ["enum-keys"] = new(Text.Other, WeRead: false, TheyRead: true, "ByRights"),
        ["escapes"] = new(
            Text.Equal,
            WeRead: true,
            TheyRead: true,
            "Character: '\\u20ac'",
            "Character: '\\\"'",
            "Text: control",
            "Text: to be",
            "Text: beyond",
            "Text: half",
            "Text: the other half",
            "Text: surrogates",
            "Text: first and last",
            "Text: 21845",
            "Text: 21846",
            "UriValue: absolute",
            "DictionaryValue: two",
            "ByChar",
            "RenamedValue"),
        ["fields"] = new(Text.Other, WeRead: false, TheyRead: false, "FieldsValue"),
        ["member-order"] = new(Text.Equal, WeRead: true, TheyRead: true, "BirdValue", "NoticeValue: derived"),
        ["messagepack-attributes"] = new(Text.Other, WeRead: true, TheyRead: true, "NumberedValue"),
        ["not-finite"] = new(Text.None, WeRead: false, TheyRead: false, "HalfValue: Half.NaN", "HalfValue: Half.PositiveInfinity", "Single: float.NaN", "Single: NaN", "Single: float.PositiveInfinity",
            "Single: float.NegativeInfinity", "Double: double.NaN", "Double: NaN", "Double: double.PositiveInfinity", "Double: double.NegativeInfinity"),
        ["objects"] = new(Text.OtherOrNone, WeRead: false, TheyRead: false, "Huge", "ComplexValue", "RuneValue", "Segment: three", "ValueTupleOf", "TupleOfThree"),
        ["private-members"] = new(Text.Same, WeRead: true, TheyRead: false, "AccountValue", "CounterValue", "ByPropertyNameValue"),
        ["stacks"] = new(Text.Same, WeRead: true, TheyRead: false, "StackValue", "ImmutableStackValue"),
        ["unions"] = new(Text.Other, WeRead: false, TheyRead: false, "ShapeValue", "NullableShape: given", "HatValue"),
        ["unreadable"] = new(Text.Same, WeRead: true, TheyRead: false, "ReadOnlySetInterface", "ReadOnlyCollectionValue", "FrozenSetValue", "ReadOnlyDictionaryValue", "FrozenDictionaryValue"),
        ["unsupported"] = new(Text.None, WeRead: false, TheyRead: false, "ByteSequence", "Grid", "Cube", "Hypercube", "ByBigInteger", "ByRune"),
    };

    private enum Text
    {
        /// <summary>Byte for byte.</summary>
        Same,

        /// <summary>As JSON: with other escapes or in another order.</summary>
        Equal,
        Other,
        None,
        OtherOrNone,
    }

    public static TheoryData<string> Names => [.. CorpusCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_IsTheSameTextThere_AndEitherReadsTheOther(string name)
    {
        var item = CorpusCases.All.Single(candidate => candidate.Name == name);
        var expected = s_differences.Values.SingleOrDefault(difference => difference.Concerns(name)) ?? new Difference(Text.Same, WeRead: true, TheyRead: true);
        var payload = item.Encode(CorpusFormat.Json);
        var ours = Encoding.UTF8.GetString(payload)[1..^1];
        var theirs = Serialize(item, item.Content);

        Assert.True(expected.Allows(Compare(ours, theirs)), $"{ours} | {theirs}");
        Assert.Equal(expected.WeRead, theirs is not null && IsReadByUs(item, payload, theirs));
        Assert.Equal(expected.TheyRead, IsReadByThem(item, ours, theirs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_ThatIsNotFinite_IsTheSameTextWhereThatIsAllowed(string name)
    {
        if (s_differences["not-finite"].Concerns(name))
        {
            var item = CorpusCases.All.Single(candidate => candidate.Name == name);
            Assert.Equal($"[{JsonSerializer.Serialize(item.Content, item.Type, s_webWithLiterals)}]", Encoding.UTF8.GetString(item.Encode(CorpusFormat.Json)));
        }
    }

    [Fact]
    public void EachDifference_IsListed_AndOccurs()
    {
        Assert.Equal(s_differences.Keys, PayloadDifferences.Listed("System.Text.Json"));
        Assert.All(s_differences.Values.SelectMany(difference => difference.Cases), start => Assert.Contains(CorpusCases.All, item => item.Name.StartsWith(start, StringComparison.Ordinal)));
    }

    private static Text Compare(string ours, string? theirs)
    {
        if (theirs is null || ours == theirs)
        {
            return theirs is null ? Text.None : Text.Same;
        }

        using var one = JsonDocument.Parse(ours);
        using var other = JsonDocument.Parse(theirs);
        return JsonElement.DeepEquals(one.RootElement, other.RootElement) ? Text.Equal : Text.Other;
    }

    private static string? Serialize(CorpusCase item, object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value, item.Type, s_web);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return null;
        }
    }

    private static bool IsReadByUs(CorpusCase item, byte[] ours, string theirs)
    {
        try
        {
            return item.Decode(CorpusFormat.Json, Encoding.UTF8.GetBytes($"[{theirs}]")).Payload.AsSpan().SequenceEqual(ours);
        }
        catch (PayloadException)
        {
            return false;
        }
    }

    private static bool IsReadByThem(CorpusCase item, string ours, string? theirs)
    {
        try
        {
            var read = JsonSerializer.Deserialize(ours, item.Type, s_web);
            // Where a type says what equality is, it decides; and always what is written again. What does not travel has its default there.
            var hasEquality = Equals(item.Content, item.Decode(CorpusFormat.Json, Encoding.UTF8.GetBytes($"[{ours}]")).Value);
            return theirs is not null && (item.IsLossy || (Serialize(item, read) == theirs && (!hasEquality || Equals(item.Content, read))));
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return false;
        }
    }

    // A value that is not finite is an ArgumentException there.
    private static bool IsRefusal(Exception exception) => exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException;

    private sealed record Difference(Text Text, bool WeRead, bool TheyRead, params string[] Cases)
    {
        public bool Concerns(string name) => Cases.Any(start => name.StartsWith(start, StringComparison.Ordinal));

        public bool Allows(Text text) => text == Text || (Text == Text.OtherOrNone && text is Text.Other or Text.None);
    }
}

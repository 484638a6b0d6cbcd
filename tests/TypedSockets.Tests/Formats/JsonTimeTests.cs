using System.Text.Json;

namespace TypedSockets.Tests.Formats;

/// <summary>Dates and times beside System.Text.Json's own: the same text, the same points in time.</summary>
public sealed class JsonTimeTests
{
    private const int Seed = 1_582;

    public static TheoryData<string> Texts() =>
    [
        "2024-07-01", "2024-07-01T12:30", "2024-07-01T12:30Z", "2024-07-01T12:30:15", "2024-07-01T12:30:15Z", "2024-07-01T12:30:15.5Z", "2024-07-01T12:30:15.1234567Z",
        "2024-07-01T12:30:15.12345678Z", "2024-07-01T12:30:15.1234567890123456Z", "2024-07-01T12:30:15.12345678901234567Z", "2024-07-01T12:30:15.Z", "2024-07-01T12:30:15,5Z",
        "2024-07-01T12:30:15+02:00", "2024-07-01T12:30:15-02:30", "2024-07-01T12:30:15+02", "2024-07-01T12:30:15+0200", "2024-07-01T12:30:15+2:00", "2024-07-01T12:30:15+14:00",
        "2024-07-01T12:30:15+14:01", "2024-07-01T12:30:15-14:00", "2024-07-01T12:30:15+13:60", "2024-07-01T12:30:15+00:00", "2024-07-01T12:30:15-00:00", "2024-07-01T24:00:00Z",
        "2024-07-01T23:59:60Z", "2024-07-01T23:60:00Z", "2024-07-01T12Z", "2024-07-01T12:3Z", "2024-07-01T1:30Z", "2024-07-01 12:30:15Z", "2024-07-01t12:30:15z", "2024-07-01Z",
        "2024-07-01T", "2024-7-1", "24-07-01", "2024-13-01", "2024-00-01", "2024-02-29", "2023-02-29", "1900-02-29", "2024-06-31", "2024-06-00", "0000-01-01", "0001-01-01",
        "9999-12-31", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "20240701", "2024-07-01T12:30:15Z ",
        " 2024-07-01", "", "now", "1719837015", "2024-07-01T12:30:15ZZ", "2024-07-01T12:30:15+02:00Z", "+002024-07-01", "2024-07-01T-1:30", "2024/07/01",
        "00:00:00", "23:59:59", "23:59:59.9999999", "24:00:00", "12:30", "1:2", "12:30:15.5", "12:30:15.12345678", "-12:30:00", "1.00:00:00", "1.12", "12", "12:60", "1:2:3",
        "10675199.02:48:05.4775807", "-10675199.02:48:05.4775808", "10675199.02:48:05.4775808", " 12:30:00", "12:30:00 ", "+12:30:00", "12:30:00.", "-0:00:01", "0:00:00.0000001",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsReadWhereSystemTextJsonReadsIt(string text)
    {
        // Unlike there, a time without an offset is UTC, not the machine's; what is read is UTC.
        var json = $"\"{text}\"";
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadDateOnly());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadTimeOnly());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadTimeSpan());
        JsonPayload.AssertSameVerdict(json.Replace("2", "\\u0032", StringComparison.Ordinal), (ref reader) => reader.ReadDateOnly());
        DateTimeOffset expected;
        try
        {
            expected = JsonSerializer.Deserialize<DateTimeOffset>(json.Contains('T', StringComparison.Ordinal) && HasNoOffset(text) ? $"\"{text}Z\"" : json, JsonPayload.Web);
        }
        catch (JsonException)
        {
            JsonPayload.AssertUnreadable(json, (ref reader) => reader.ReadDateTime());
            JsonPayload.AssertUnreadable(json, (ref reader) => reader.ReadDateTimeOffset());
            return;
        }

        var date = JsonPayload.Read(json, (ref reader) => reader.ReadDateTime());
        Assert.Equal(DateTimeKind.Utc, date.Kind);
        Assert.Equal(expected.UtcDateTime, date);
        Assert.True(expected.EqualsExact(JsonPayload.Read(json, (ref reader) => reader.ReadDateTimeOffset())));
    }

    [Fact]
    public void AnyTime_IsWhatSystemTextJsonWrites()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            // Fractions of every length.
            var unit = (long)Math.Pow(10, random.Next(10));
            var ticks = random.NextInt64(DateTime.MaxValue.Ticks) / unit * unit;
            var date = new DateTime(ticks, DateTimeKind.Utc);
            JsonPayload.AssertSame(date, (ref writer) => writer.WriteDateTime(date), (ref reader) => reader.ReadDateTime());
            var offset = new DateTimeOffset(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1)));
            JsonPayload.AssertSame(offset, (ref writer) => writer.WriteDateTimeOffset(offset), (ref reader) => reader.ReadDateTimeOffset());
            var day = DateOnly.FromDateTime(date);
            JsonPayload.AssertSame(day, (ref writer) => writer.WriteDateOnly(day), (ref reader) => reader.ReadDateOnly());
            var time = TimeOnly.FromDateTime(date);
            JsonPayload.AssertSame(time, (ref writer) => writer.WriteTimeOnly(time), (ref reader) => reader.ReadTimeOnly());
            var span = new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue) / unit);
            JsonPayload.AssertSame(span, (ref writer) => writer.WriteTimeSpan(span), (ref reader) => reader.ReadTimeSpan());
        }
    }

    [Fact]
    public void EarliestAndLatest_RoundTrip()
    {
        foreach (var ticks in (long[])[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks])
        {
            var date = new DateTime(ticks, DateTimeKind.Utc);
            JsonPayload.AssertSame(date, (ref writer) => writer.WriteDateTime(date), (ref reader) => reader.ReadDateTime());
            var offset = new DateTimeOffset(date);
            JsonPayload.AssertSame(offset, (ref writer) => writer.WriteDateTimeOffset(offset), (ref reader) => reader.ReadDateTimeOffset());
        }

        foreach (var span in (TimeSpan[])[TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero])
        {
            JsonPayload.AssertSame(span, (ref writer) => writer.WriteTimeSpan(span), (ref reader) => reader.ReadTimeSpan());
        }
    }

    [Fact]
    public void DateTime_OfAnotherKind_IsWrittenAsUtc()
    {
        var clock = new DateTime(2024, 7, 1, 12, 30, 0);
        Assert.Equal("\"2024-07-01T12:30:00Z\"", JsonPayload.Write((ref writer) => writer.WriteDateTime(clock)));
        var local = DateTime.SpecifyKind(clock, DateTimeKind.Local);
        Assert.Equal(local.ToUniversalTime(), JsonPayload.Read(JsonPayload.Write((ref writer) => writer.WriteDateTime(local)), (ref reader) => reader.ReadDateTime()));
    }

    private static bool HasNoOffset(string text) => text.LastIndexOfAny(['Z', 'z', '+', '-']) < text.IndexOf('T', StringComparison.Ordinal);
}

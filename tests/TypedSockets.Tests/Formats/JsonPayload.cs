using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Writes and reads single values as JSON, beside System.Text.Json's own serializer.</summary>
internal static class JsonPayload
{
    public delegate void Writing(ref JsonWriter writer);

    public delegate T Reading<out T>(ref JsonReader reader);

    /// <summary>The web defaults, which read NaN but do not write it.</summary>
    public static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write(Writing write, IList<byte[]>? attachments = null)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new JsonWriter(buffer, attachments);
        write(ref writer);
        writer.Flush();
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer.Written);
    }

    /// <summary>Reads a value and checks that nothing is left behind it.</summary>
    public static T Read<T>(ReadOnlySpan<byte> payload, Reading<T> read, PayloadLimits? limits = null, params ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        var reader = new JsonReader(payload, limits ?? PayloadLimits.Default, attachments);
        var value = read(ref reader);
        reader.Complete();
        return value;
    }

    public static T Read<T>(string json, Reading<T> read, PayloadLimits? limits = null, params ReadOnlySpan<ReadOnlyMemory<byte>> attachments) =>
        Read(Encoding.UTF8.GetBytes(json), read, limits, attachments);

    public static PayloadException AssertUnreadable<T>(
        ReadOnlySpan<byte> payload, Reading<T> read, PayloadLimits? limits = null, params ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        try
        {
            Read(payload, read, limits, attachments);
        }
        catch (PayloadException exception)
        {
            return exception;
        }

        Assert.Fail($"{Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, 60)])} was read.");
        return null;
    }

    public static PayloadException AssertUnreadable<T>(
        string json, Reading<T> read, PayloadLimits? limits = null, params ReadOnlySpan<ReadOnlyMemory<byte>> attachments) =>
        AssertUnreadable(Encoding.UTF8.GetBytes(json), read, limits, attachments);

    /// <summary>The same bytes as System.Text.Json's, and the same value back from either.</summary>
    public static void AssertSame<T>(T value, Writing write, Reading<T> read)
    {
        var json = Write(write);
        Assert.Equal(JsonSerializer.Serialize(value, Web), json);
        AssertValue(value, json, read);
    }

    /// <summary>The same value, whoever reads it.</summary>
    public static void AssertValue<T>(T value, string json, Reading<T> read)
    {
        Assert.Equal(value, Read(json, read));
        Assert.Equal(value, JsonSerializer.Deserialize<T>(json, Web));
    }

    /// <summary>Whether System.Text.Json reads it is whether this reader does, and what they read is the same.</summary>
    public static void AssertSameVerdict<T>(ReadOnlySpan<byte> json, Reading<T> read)
    {
        var (theirs, accepted) = Attempt<T>(json);
        if (accepted)
        {
            Assert.Equal(theirs, Read(json, read));
        }
        else
        {
            AssertUnreadable(json, read);
        }
    }

    public static void AssertSameVerdict<T>(string json, Reading<T> read) => AssertSameVerdict(Encoding.UTF8.GetBytes(json), read);

    private static (T? Value, bool Accepted) Attempt<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(json, Web);
            return (value, value is not null);
        }
        catch (JsonException)
        {
            return (default, false);
        }
    }
}

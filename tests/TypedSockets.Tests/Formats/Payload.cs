using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Writes and reads single values, so that a test is one line.</summary>
internal static class Payload
{
    public delegate void Writing(ref MessagePackWriter writer);

    public delegate T Reading<out T>(ref MessagePackReader reader);

    public static byte[] Write(Writing write)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    public static string WriteHex(Writing write) => Convert.ToHexStringLower(Write(write));

    /// <summary>Reads a value and checks that nothing is left behind it.</summary>
    public static T Read<T>(ReadOnlySpan<byte> payload, Reading<T> read, PayloadLimits? limits = null)
    {
        var reader = new MessagePackReader(payload, limits ?? PayloadLimits.Default);
        var value = read(ref reader);
        reader.Complete();
        return value;
    }

    public static T ReadHex<T>(string hex, Reading<T> read, PayloadLimits? limits = null) => Read(Convert.FromHexString(hex), read, limits);

    public static PayloadException AssertUnreadable<T>(ReadOnlySpan<byte> payload, Reading<T> read, PayloadLimits? limits = null)
    {
        try
        {
            Read(payload, read, limits);
        }
        catch (PayloadException exception)
        {
            return exception;
        }

        Assert.Fail($"{Convert.ToHexStringLower(payload[..Math.Min(payload.Length, 40)])} was read.");
        return null;
    }

    public static PayloadException AssertUnreadableHex<T>(string hex, Reading<T> read, PayloadLimits? limits = null) => AssertUnreadable(Convert.FromHexString(hex), read, limits);
}

using System.Buffers;
using TypedSockets.Formats;
using TypedSockets.Formats.Codecs;

namespace TypedSockets.Tests.Formats;

public sealed class PayloadFormattersTests
{
    [Fact]
    public void TypeWithoutAFormatter_IsNamedInTheException()
    {
        using var buffer = PayloadBuffer.Rent();

        var exception = Assert.Throws<InvalidOperationException>(() => Write(buffer, new Unregistered()));

        Assert.Contains(nameof(Unregistered), exception.Message, StringComparison.Ordinal);
        Assert.Contains("PayloadFormatters.Use", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formatter_TakesThePlaceOfAnEarlierOne()
    {
        PayloadFormatters.Use(new Constant(1));
        PayloadFormatters.Use(new Constant(2));
        using var buffer = PayloadBuffer.Rent();

        Write(buffer, new Registered());

        Assert.Equal([0xc4, 1, 2], buffer.Written.ToArray());
    }

    [Fact]
    public void Buffer_GivesRoomToWhoeverNamesNoSize()
    {
        using var buffer = PayloadBuffer.Rent();
        IBufferWriter<byte> writer = buffer;
        for (var count = 0; count < 10_000; count++)
        {
            (count % 2 == 0 ? writer.GetSpan() : writer.GetMemory().Span)[0] = (byte)count;
            writer.Advance(1);
        }

        Assert.Equal(10_000, buffer.Length);
        Assert.Equal(unchecked((byte)9_999), buffer.Written[^1]);
    }

    private static void Write<T>(PayloadBuffer buffer, T value)
    {
        var writer = new MessagePackWriter(buffer);
        RegisteredCodec<T>.Write(ref writer, value);
        writer.Flush();
    }

    private sealed record Unregistered;

    private sealed record Registered;

    private sealed class Constant(byte value) : IPayloadFormatter<Registered>
    {
        public void Write(IBufferWriter<byte> output, Registered _) => output.Write([value]);

        public Registered Read(ReadOnlySpan<byte> payload) => new();
    }
}

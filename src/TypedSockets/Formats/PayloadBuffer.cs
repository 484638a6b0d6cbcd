using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Formats;

/// <summary>
/// A growing buffer of pooled memory that payloads are written to. <see cref="Rent"/> hands out the calling thread's own one where it is free, so steady use allocates nothing.
/// Not safe for concurrent use; whoever rented it returns it with <see cref="Dispose"/>.
/// </summary>
public sealed class PayloadBuffer : IBufferWriter<byte>, IDisposable
{
    // A buffer that once held a large payload is not kept: threads are many and live long.
    private const int MaxKeptBytes = 64 * 1024;
    private const int InitialBytes = 4 * 1024;

    [ThreadStatic]
    private static PayloadBuffer? s_free;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(InitialBytes);

    private PayloadBuffer()
    {
    }

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    /// <summary>The written bytes, to be patched in place. Valid until the next write.</summary>
    public Span<byte> Patch => _array.AsSpan(0, Length);

    /// <summary>Takes an empty buffer.</summary>
    public static PayloadBuffer Rent()
    {
        var buffer = s_free;
        if (buffer is null)
        {
            return new PayloadBuffer();
        }

        s_free = null;
        buffer.Length = 0;
        return buffer;
    }

    /// <summary>Returns room for at least <paramref name="count"/> more bytes, behind what has been written.</summary>
    public Span<byte> GetSpan(int count)
    {
        if (_array.Length - Length < count)
        {
            Grow(count);
        }

        return _array.AsSpan(Length);
    }

    // A caller that names no size wants room for something.
    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        _ = GetSpan(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => GetSpan(Math.Max(sizeHint, 1));

    /// <summary>
    /// Returns room for <paramref name="pending"/> bytes, which a writer has put into the last span without <see cref="Advance"/> and which are kept, and for at least
    /// <paramref name="count"/> more.
    /// </summary>
    internal Span<byte> GetSpan(int pending, int count)
    {
        Advance(pending);
        GetSpan(count);
        Length -= pending;
        return _array.AsSpan(Length);
    }

    /// <summary>Says that <paramref name="count"/> bytes of the last span have been written.</summary>
    public void Advance(int count)
    {
        if ((uint)count > (uint)(_array.Length - Length))
        {
            ThrowBeyondRoom(count);
        }

        Length += count;
    }

    /// <summary>Copies <paramref name="bytes"/> behind what has been written.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what has been written.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives the buffer back. It must not be used afterwards.</summary>
    public void Dispose()
    {
        if (_array.Length <= MaxKeptBytes && s_free is null)
        {
            s_free = this;
            return;
        }

        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Length = 0;
    }

    [DoesNotReturn]
    private void ThrowBeyondRoom(int count) => throw new ArgumentOutOfRangeException(nameof(count), count, $"{_array.Length - Length} bytes have room.");

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), (int)Math.Min(2L * _array.Length, Array.MaxLength)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}

using System.Buffers;
using System.IO.Compression;

namespace TypedSockets.Protocol.Framing.Deflate;

/// <summary>Compresses messages (RFC 7692 §7.2.1). Holds no memory before the first one, and none between two without context takeover. Not safe for concurrent use.</summary>
/// <param name="takesOver">Whether a message may refer to those before it.</param>
/// <param name="thresholdBytes">Shorter messages are not worth it.</param>
/// <param name="level">How hard to try.</param>
internal sealed class MessageDeflater(bool takesOver, long thresholdBytes, CompressionLevel level) : IDisposable
{
    // What ends every flush, LEN and NLEN of an empty block, is not sent (RFC 7692 §7.2.1).
    private const int Tail = 4;

    private readonly Sink _sink = new();
    private DeflateStream? _deflate;

    /// <summary>Whether a message is to be compressed. An empty one never is: there would be nothing to flush.</summary>
    public bool Wants(int messageBytes) => messageBytes > 0 && messageBytes >= thresholdBytes;

    /// <summary>
    /// Compresses a message. What comes out must be sent, even if it is longer than the message: with context takeover the next message may refer to it.
    /// </summary>
    /// <returns>The payload; valid until <see cref="Release"/>, which must follow.</returns>
    public ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> message)
    {
        _deflate ??= new DeflateStream(_sink, level, leaveOpen: true);
        _deflate.Write(message);
        _deflate.Flush();
        return _sink.Written[..^Tail];
    }

    /// <summary>Gives the payload's memory back.</summary>
    public void Release()
    {
        if (!takesOver)
        {
            Dispose();
        }

        _sink.Release();
    }

    public void Dispose()
    {
        // Its last words are nobody's.
        _deflate?.Dispose();
        _deflate = null;
        _sink.Release();
    }

    /// <summary>Takes what the compressor gives, in pooled memory.</summary>
    private sealed class Sink : Stream
    {
        private const int InitialSize = 4096;

        private byte[] _bytes = [];
        private int _length;

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_bytes.Length - _length < buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(InitialSize, Math.Max(2 * _length, _length + buffer.Length)));
                Written.CopyTo(larger);
                Return();
                _bytes = larger;
            }

            buffer.CopyTo(_bytes.AsSpan(_length));
            _length += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public void Release()
        {
            Return();
            _bytes = [];
            _length = 0;
        }

        private void Return()
        {
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }
        }
    }
}

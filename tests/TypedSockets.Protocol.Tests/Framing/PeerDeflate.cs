using System.IO.Compression;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Compresses and inflates as a peer does, by what the platform brings and nothing of ours (RFC 7692 §7.2).</summary>
internal sealed class PeerDeflate(bool takesOver) : IDisposable
{
    private static readonly byte[] s_tail = [0x00, 0x00, 0xff, 0xff];

    private MemoryStream _compressed = new();
    private DeflateStream? _deflate;
    private MemoryStream _payload = new();
    private DeflateStream? _inflate;

    public byte[] Compress(ReadOnlySpan<byte> message)
    {
        if (_deflate is null || !takesOver)
        {
            _deflate?.Dispose();
            _compressed = new MemoryStream();
            _deflate = new DeflateStream(_compressed, CompressionLevel.Optimal);
        }

        _compressed.SetLength(0);
        _deflate.Write(message);
        _deflate.Flush();
        var bytes = _compressed.ToArray();
        Assert.Equal(s_tail, bytes[^4..]);
        return bytes[..^4];
    }

    public byte[] Inflate(ReadOnlySpan<byte> payload)
    {
        if (_inflate is null || !takesOver)
        {
            _inflate?.Dispose();
            _payload = new MemoryStream();
            _inflate = new DeflateStream(_payload, CompressionMode.Decompress);
        }

        _payload.SetLength(0);
        _payload.Write(payload);
        _payload.Write(s_tail);
        _payload.Position = 0;
        using var message = new MemoryStream();
        _inflate.CopyTo(message);
        return message.ToArray();
    }

    public void Dispose()
    {
        _deflate?.Dispose();
        _inflate?.Dispose();
    }
}

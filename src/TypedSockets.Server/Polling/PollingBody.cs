using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace TypedSockets.Server.Polling;

/// <summary>The body of one POST, read whole before anything is made of it: what arrives in part was not sent.</summary>
internal sealed class PollingBody(long maxBytes) : IDisposable
{
    private const int InitialBytes = 1024;

    private byte[] _bytes = [];
    private int _length;

    public Memory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Reads the body. Returns false when it is larger than may be.</summary>
    public async Task<bool> TryReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return false;
        }

        _bytes = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength + 1 ?? InitialBytes));
        while (true)
        {
            var count = await request.Body.ReadAsync(_bytes.AsMemory(_length), cancellationToken);
            _length += count;
            if (count == 0 || _length > maxBytes)
            {
                return count == 0;
            }

            if (_length == _bytes.Length)
            {
                Grow();
            }
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * _bytes.Length);
        _bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

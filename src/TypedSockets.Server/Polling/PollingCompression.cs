using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TypedSockets.Server.Polling;

/// <summary>Compresses the answer of a GET where it pays and the client can read it (RFC 9110 §12.5.3).</summary>
internal static class PollingCompression
{
    private const string Brotli = "br";
    private const string GZip = "gzip";

    /// <summary>Returns what is to be sent, and says so in the headers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="payload">The packets.</param>
    /// <param name="threshold">From how many bytes on it pays; null for never.</param>
    public static ReadOnlyMemory<byte> Compress(HttpContext context, ReadOnlyMemory<byte> payload, int? threshold)
    {
        if (threshold is null || payload.Length < threshold)
        {
            return payload;
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Choose(context.Request) is not { } encoding)
        {
            return payload;
        }

        context.Response.Headers.ContentEncoding = encoding;
        var output = new MemoryStream();
        using (Stream compressor = encoding == Brotli ? new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            compressor.Write(payload.Span);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static string? Choose(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
        {
            return null;
        }

        // Of equal ones gzip, which is cheaper to make.
        return accepted
            .Where(encoding => encoding.Quality is not 0)
            .Select(encoding => (Name: encoding.Value.Value, Quality: encoding.Quality ?? 1))
            .Where(encoding => encoding.Name is Brotli or GZip)
            .OrderByDescending(encoding => encoding.Quality)
            .ThenBy(encoding => encoding.Name == Brotli)
            .FirstOrDefault().Name;
    }
}

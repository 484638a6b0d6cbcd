using System.Security.Cryptography;

namespace TypedSockets.Corpus;

/// <summary>What a program does with a case, in one line, so that two programs can be compared.</summary>
public static class CorpusLine
{
    public static string Of(CorpusCase item, CorpusFormat format)
    {
        ArgumentNullException.ThrowIfNull(item);
        var payload = item.Encode(format);
        var (value, again) = item.Decode(format, payload);
        // The order of what is ordered by hash differs from process to process.
        var (written, rewritten) = item.IsUnordered ? ("unordered", "unordered") : (Hash(payload), Hash(again));
        return $"{format} '{item.Name}': {payload.Length} bytes {written}, read as {value?.GetType().ToString() ?? "null"}, {again.Length} bytes {rewritten}";
    }

    private static string Hash(byte[] payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}

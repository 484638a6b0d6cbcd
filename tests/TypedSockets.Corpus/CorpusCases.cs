using TypedSockets.Corpus.Cases;
using TypedSockets.Corpus.Types;
using TypedSockets.Formats;

namespace TypedSockets.Corpus;

/// <summary>A value of every type that travels, and those at which encodings differ: the borders of the integers, of lengths and of timestamps.</summary>
public static class CorpusCases
{
    static CorpusCases() => PayloadFormatters.Use(new ReportFormatter());

    public static IReadOnlyList<CorpusCase> All { get; } = [.. Scalars.All, .. Collections.All, .. Objects.All];
}

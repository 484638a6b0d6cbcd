using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using TypedSockets.Formats.Benchmarks.Subjects;

namespace TypedSockets.Formats.Benchmarks;

/// <summary>Encoding and decoding of each payload, generated, hand-written and System.Text.Json.</summary>
[MemoryDiagnoser]
[SuppressMessage("Performance", "CA1515", Justification = "BenchmarkDotNet derives from it.")]
public class SerializerBenchmarks
{
    private const int Operations = 1_000;

    private Subject _subject = null!;

    /// <summary>What travels.</summary>
    [ParamsSource(nameof(Payloads))]
    public string Payload { get; set; } = "";

    /// <summary>How.</summary>
    [Params(SubjectCatalog.HandWritten, SubjectCatalog.Generated, SubjectCatalog.GeneratedJson, SubjectCatalog.Json)]
    public string Serializer { get; set; } = "";

    /// <summary>The values of <see cref="Payload"/>.</summary>
    public static IEnumerable<string> Payloads => SubjectCatalog.Payloads;

    /// <summary>Makes the serializer.</summary>
    [GlobalSetup]
    public void Setup() => _subject = SubjectCatalog.Create(Payload)[Serializer];

    /// <summary>Value to bytes.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public int Encode() => _subject.Encode(Operations);

    /// <summary>Bytes to value.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public int Decode() => _subject.Decode(Operations);
}

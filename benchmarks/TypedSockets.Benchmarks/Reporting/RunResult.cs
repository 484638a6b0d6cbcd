using System.Text.Json.Serialization;

namespace TypedSockets.Benchmarks.Reporting;

/// <summary>What one run measured. What a workload does not measure is null.</summary>
internal sealed record RunResult
{
    public long Messages { get; init; }

    public double Seconds { get; init; }

    public double ServerCpuSeconds { get; init; }

    public double ClientCpuSeconds { get; init; }

    /// <summary>What the rest of the machine used meanwhile, the kernel included.</summary>
    public double OtherCpuSeconds { get; init; }

    /// <summary>Null as well when the server cannot tell.</summary>
    public long? AllocatedBytes { get; init; }

    public double? P50Microseconds { get; init; }

    public double? P99Microseconds { get; init; }

    public double? P999Microseconds { get; init; }

    public double? KibibytesPerConnection { get; init; }

    /// <summary>Why the run does not count; null when it does.</summary>
    public string? Failure { get; init; }

    [JsonIgnore]
    public double? MessagesPerSecond => Messages > 0 ? Messages / Seconds : null;

    [JsonIgnore]
    public double? ServerMicrosecondsPerMessage => Messages > 0 ? ServerCpuSeconds * 1e6 / Messages : null;

    [JsonIgnore]
    public double? AllocatedBytesPerMessage => Messages > 0 ? (double?)AllocatedBytes / Messages : null;

    [JsonIgnore]
    public double? ClientCores => Messages > 0 ? ClientCpuSeconds / Seconds : null;

    [JsonIgnore]
    public double OtherCores => Seconds > 0 ? OtherCpuSeconds / Seconds : 0;

    /// <summary>This run and another of the same kind as one; latencies are not joined.</summary>
    public RunResult Plus(RunResult other) => new()
    {
        Messages = Messages + other.Messages,
        Seconds = Seconds + other.Seconds,
        ServerCpuSeconds = ServerCpuSeconds + other.ServerCpuSeconds,
        ClientCpuSeconds = ClientCpuSeconds + other.ClientCpuSeconds,
        OtherCpuSeconds = OtherCpuSeconds + other.OtherCpuSeconds,
        AllocatedBytes = AllocatedBytes + other.AllocatedBytes,
    };
}

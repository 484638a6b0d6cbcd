namespace TypedSockets.Benchmarks.Systems;

/// <summary>Every system there is, in the order of the table.</summary>
internal static class SystemCatalog
{
    /// <summary>The system that all ratios are against.</summary>
    public const string Reference = BareSystem.SystemName;

    public static IReadOnlyList<BenchmarkSystem> All { get; } =
    [
        TypedSocketsSystem.WithTs1,
        TypedSocketsSystem.WithSocketIO,
        new NodeSocketIOSystem(),
        new BareSystem(),
        new SignalRSystem(),
        new FloorSystem(),
    ];

    public static BenchmarkSystem Find(string name) =>
        All.FirstOrDefault(system => system.Name == name)
        ?? throw new ArgumentException($"There is no system '{name}'; there are {string.Join(", ", All.Select(system => system.Name))}.");
}

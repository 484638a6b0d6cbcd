using TypedSockets.Benchmarks.Load.Drivers;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>Every workload there is, in the order of the table.</summary>
internal static class WorkloadCatalog
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        RequestReply("request-1x1", "request/reply, 1 connection", connections: 1, outstanding: 1),
        RequestReply("request-64x1", "request/reply, 64 connections", connections: 64, outstanding: 1),
        RequestReply("request-64x32", "request/reply, 64 connections x 32 outstanding", connections: 64, outstanding: 32),
        new TimedWorkload(
            "ingest",
            "one-way ingest, 64 flooding connections",
            connections: 64,
            (session, loop) => new FloodDriver(loop, session.Dialect, session.Input, session.Control)),
        Broadcast("broadcast-1", "broadcast to 1,000, 1 outstanding", outstanding: 1),
        Broadcast("broadcast-16", "broadcast to 1,000, 16 outstanding", outstanding: 16),
        new TimedWorkload(
            "broadcast-paced",
            "broadcast to 1,000, 20 a second",
            connections: 1000,
            (session, loop) => new PacedBroadcastDriver(loop, session.Dialect, session.Input, perSecond: 20)),
        new IdleMemory(),
        new Handshakes(),
    ];

    public static Workload Find(string name) =>
        All.FirstOrDefault(workload => workload.Name == name)
        ?? throw new ArgumentException($"There is no workload '{name}'; there are {string.Join(", ", All.Select(workload => workload.Name))}.");

    private static TimedWorkload RequestReply(string name, string title, int connections, int outstanding) =>
        new(name, title, connections, (session, loop) => new RequestReplyDriver(loop, session.Dialect, session.Input, outstanding));

    private static TimedWorkload Broadcast(string name, string title, int outstanding) =>
        new(name, title, connections: 1000, (session, loop) => new ClosedLoopBroadcastDriver(loop, session.Dialect, session.Input, outstanding));
}

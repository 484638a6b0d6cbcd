using System.Text.Json;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Reporting;
using TypedSockets.Benchmarks.Systems;
using TypedSockets.Benchmarks.Workloads;

namespace TypedSockets.Benchmarks.Processes;

/// <summary><c>load</c>: the load generator's process. Answers each <see cref="RunOrder"/> on its standard input with a <see cref="RunResult"/>, and ends with its input.</summary>
internal static class LoadCommand
{
    public const string Name = "load";

    public static int Run()
    {
        while (Console.ReadLine() is { } line)
        {
            var order = JsonSerializer.Deserialize<RunOrder>(line) ?? throw new InvalidDataException("A run order is null.");
            Console.WriteLine(JsonSerializer.Serialize(Run(order)));
        }

        return 0;
    }

    private static RunResult Run(RunOrder order)
    {
        try
        {
            using var control = new ControlClient(order.ControlPort);
            var session = new LoadSession(
                SystemCatalog.Find(order.System).CreateDialect(),
                order.Port,
                control,
                new BenchmarkInput(order.Seed),
                TimeSpan.FromSeconds(order.WarmUpSeconds),
                TimeSpan.FromSeconds(order.Seconds));
            var result = WorkloadCatalog.Find(order.Workload).Run(session);
            session.Settle();
            return result;
        }
        catch (Exception exception) when (exception is LoadException or IOException)
        {
            return new RunResult { Failure = exception.Message };
        }
    }
}

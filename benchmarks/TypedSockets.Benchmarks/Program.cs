using System.Runtime.InteropServices;
using TypedSockets.Benchmarks;
using TypedSockets.Benchmarks.Heartbeats;
using TypedSockets.Benchmarks.Processes;
using TypedSockets.Benchmarks.SlowConsumers;

return args switch
{
    [ServeCommand.Name, var system] => await ServeCommand.RunAsync(system),
    [LoadCommand.Name] => LoadCommand.Run(),
    [HeartbeatCommand.Name, .. var rest] => await HeartbeatCommand.RunAsync(rest),
    [SlowConsumersCommand.Name, .. var rest] => await SlowConsumersCommand.RunAsync(rest),
    _ => await MeasureAsync(args),
};

static async Task<int> MeasureAsync(string[] arguments)
{
    if (arguments is ["--help"])
    {
        Console.WriteLine(BenchmarkOptions.Usage);
        return 0;
    }

    BenchmarkOptions options;
    try
    {
        options = BenchmarkOptions.Parse(arguments);
    }
    catch (ArgumentException exception)
    {
        await Console.Error.WriteLineAsync($"{exception.Message}\n{BenchmarkOptions.Usage}");
        return 2;
    }

    // Stopped by hand, the program still ends what it started.
    using var stop = new CancellationTokenSource();
    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

    await using var runner = new BenchmarkRunner(options, Console.Error.WriteLine);
    var stopped = false;
    try
    {
        await runner.RunAsync(stop.Token);
    }
    catch (OperationCanceledException)
    {
        stopped = true;
    }

    if (!stopped || runner.Report.HasResults)
    {
        Console.WriteLine(runner.Report.ToMarkdown());
        Console.WriteLine($"Written to {runner.Report.Save()}.");
    }

    if (stopped)
    {
        await Console.Error.WriteLineAsync("Stopped before the end.");
        return 130;
    }

    return runner.Report.HasFailures ? 1 : 0;
}

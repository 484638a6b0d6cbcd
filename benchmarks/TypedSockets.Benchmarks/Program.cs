using System.Runtime.InteropServices;
using TypedSockets.Benchmarks;
using TypedSockets.Benchmarks.Processes;

return args switch
{
    [ServeCommand.Name, var system] => await ServeCommand.RunAsync(system),
    [LoadCommand.Name] => LoadCommand.Run(),
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
    try
    {
        var report = await runner.RunAsync(stop.Token);
        Console.WriteLine(report.ToMarkdown());
        Console.WriteLine($"Written to {report.Save()}.");
        return report.HasFailures ? 1 : 0;
    }
    catch (OperationCanceledException)
    {
        await Console.Error.WriteLineAsync("Stopped.");
        return 130;
    }
}

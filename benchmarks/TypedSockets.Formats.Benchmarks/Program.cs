using BenchmarkDotNet.Running;
using TypedSockets.Formats.Benchmarks;

if (args is [RatioCommand.Name, .. var rest])
{
    return RatioCommand.Run(rest);
}

// In this process: the project that BenchmarkDotNet would make for another takes the repository's package versions, and does not restore with them.
BenchmarkSwitcher.FromAssembly(typeof(SerializerBenchmarks).Assembly).Run(["--inProcess", .. args]);
return 0;

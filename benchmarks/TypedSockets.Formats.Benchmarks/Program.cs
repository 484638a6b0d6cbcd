using BenchmarkDotNet.Running;
using TypedSockets.Formats.Benchmarks;

if (args is [RatioCommand.Name, .. var rest])
{
    return RatioCommand.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(SerializerBenchmarks).Assembly).Run(args);
return 0;

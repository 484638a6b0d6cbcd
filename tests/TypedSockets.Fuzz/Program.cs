using System.Diagnostics;
using System.Globalization;
using TypedSockets.Fuzz;

// dotnet run -c Release --project tests/TypedSockets.Fuzz -- 10000000 --seed 1
var inputs = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var seed = args is [_, "--seed", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 1;

var clock = Stopwatch.StartNew();
var run = new FuzzRun(seed);
try
{
    run.Run(inputs);
}
catch (InvalidOperationException exception)
{
    Console.Error.WriteLine($"Seed {seed}: {exception.Message}\n{exception.InnerException}");
    return 1;
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{run.Inputs:N0} inputs with seed {seed} in {clock.Elapsed.TotalSeconds:N0} s: {run.Inputs - run.Refused:N0} read, {run.Refused:N0} refused, nothing else. " +
    $"Most memory beyond {FuzzRun.FixedBytes / 1024} KiB: {Math.Max(0, run.Hungriest.BytesPerByte):N1} bytes for each of the input ({run.Hungriest.Name}). " +
    $"Slowest: {run.Slowest.Time.TotalMilliseconds:N1} ms ({run.Slowest.Name})."));
return 0;

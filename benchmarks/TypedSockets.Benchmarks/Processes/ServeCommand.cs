using TypedSockets.Benchmarks.Systems;

namespace TypedSockets.Benchmarks.Processes;

/// <summary><c>serve SYSTEM</c>: a server process. Prints its two ports and lives as long as its standard input is open, so it never outlives the program that started it.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static async Task<int> RunAsync(string system)
    {
        var hosted = SystemCatalog.Find(system) as HostedSystem ?? throw new ArgumentException($"'{system}' is not served by this program.");
        var port = await hosted.StartAsync();
        Console.WriteLine($"{port} {ControlServer.Start()}");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}

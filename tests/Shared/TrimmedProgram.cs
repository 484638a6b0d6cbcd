using System.Diagnostics;
using System.Reflection;

namespace TypedSockets.Tests.Shared;

/// <summary>Publishes a project trimmed and self-contained, with every finding of the trimmer an error.</summary>
internal static class TrimmedProgram
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Publishes, and returns the path of the program. Skips the test, saying why, where the runtime for it cannot be restored.</summary>
    /// <param name="project">The project file, from the repository's root.</param>
    public static async Task<string> PublishAsync(string project)
    {
        if (!OperatingSystem.IsLinux())
        {
            Xunit.Assert.Skip("The trimmed programs are published for Linux.");
        }

        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        var name = Path.GetFileNameWithoutExtension(project);
        // Outputs of its own: the tests' own builds are in use meanwhile.
        var artifacts = Path.Combine(root, "artifacts", "trimmed", name);
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, project), "-c", "Release", "-r", $"linux-{architecture}", "-nologo", "-v", "quiet",
            "--artifacts-path", artifacts, "-p:Trimmed=true", "-o", Path.Combine(artifacts, "program")])
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var output = await publish.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await publish.WaitForExitAsync().WaitAsync(s_patience);
        if (publish.ExitCode != 0 && (output.Contains("NU1101", StringComparison.Ordinal) || output.Contains("NU1102", StringComparison.Ordinal)))
        {
            Xunit.Assert.Skip($"The runtime for a self-contained program cannot be restored here: {output}");
        }

        Xunit.Assert.True(publish.ExitCode == 0, output);
        return Path.Combine(artifacts, "program", name);
    }
}

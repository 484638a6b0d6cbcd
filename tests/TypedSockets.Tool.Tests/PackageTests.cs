using System.Diagnostics;
using System.IO.Compression;
using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>The package of the tool has all that the tool needs to run.</summary>
[Trait("Category", "Publishing")]
public sealed class PackageTests
{
    [Fact]
    public async Task Package_HoldsACommandThatRuns()
    {
        using var compiler = new ContractCompiler();
        var project = Path.Combine(ProjectMetadata.Find("RepositoryRoot"), "tools", "TypedSockets.Tool");
        await RunAsync("pack", project, "--no-build", "--configuration", ProjectMetadata.Find("Configuration"), "--output", compiler.PathOf("packages"), "-nologo");

        var package = Assert.Single(Directory.GetFiles(compiler.PathOf("packages"), "*.nupkg"));
        await ZipFile.ExtractToDirectoryAsync(package, compiler.PathOf("tool"), TestContext.Current.CancellationToken);
        var folder = compiler.PathOf(Path.Combine("tool", "tools", "net10.0", "any"));
        Assert.Contains("<Command Name=\"typedsockets\" EntryPoint=\"TypedSockets.Tool.dll\"", File.ReadAllText(Path.Combine(folder, "DotnetToolSettings.xml")), StringComparison.Ordinal);

        var contracts = Path.Combine(AppContext.BaseDirectory, "Chat.Contracts.dll");
        var file = compiler.PathOf("chat.d.ts");
        Assert.Equal("", await RunAsync(Path.Combine(folder, "TypedSockets.Tool.dll"), "typescript", contracts, "--output", file));
        Assert.Equal(ToolRun.Start("typescript", contracts).Output, File.ReadAllText(file));
    }

    /// <summary>Runs <c>dotnet</c> with these arguments, and returns what it writes.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("'dotnet' could not be started.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

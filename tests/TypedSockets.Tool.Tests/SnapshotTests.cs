using System.Diagnostics;
using System.Text.RegularExpressions;
using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>Whole files: one of a contract with a bit of everything, one of the sample's. They are compared with ones that were read, and TypeScript checks programs that use them.</summary>
public sealed partial class SnapshotTests
{
    private const string Accept = "TYPEDSOCKETS_ACCEPT_SNAPSHOTS";

    private static string SampleFolder { get; } = Path.Combine(ProjectMetadata.Find("RepositoryRoot"), "samples", "Chat.Js");

    private static string ProjectFolder { get; } = ProjectMetadata.Find("ProjectFolder");

    [Fact]
    public void Shop_IsWhatWasReviewed()
    {
        using var compiler = new ContractCompiler();
        var assembly = compiler.Compile(File.ReadAllText(Path.Combine(ProjectFolder, "Sources", "Shop.cs")), "Shop");
        Verify("shop.d.ts", assembly);
    }

    [Fact]
    public void Chat_IsWhatWasReviewed() => Verify("chat.d.ts", Path.Combine(AppContext.BaseDirectory, "Chat.Contracts.dll"));

    /// <summary>What the guide shows is one of the programs that TypeScript checks.</summary>
    [Fact]
    public void Guide_ShowsAProgramThatIsChecked()
    {
        var guide = File.ReadAllText(Path.Combine(ProjectMetadata.Find("RepositoryRoot"), "docs", "guides", "typescript.md"));
        var blocks = TypeScriptBlock().Matches(guide).Select(static match => match.Groups["code"].Value);
        Compare(Path.Combine("TypeScript", "guide.ts"), string.Join('\n', blocks).Replace("\"./chat\"", "\"../Snapshots/chat\"", StringComparison.Ordinal));
    }

    /// <summary>What the generated serializers write has the types that the tool gives it, once TypeScript has checked it.</summary>
    [Fact]
    public async Task Json_OfTheShop_IsWhatIsChecked() => Compare(Path.Combine("TypeScript", "written.ts"), await ShopTraffic.WriteAsync());

    /// <summary>The sample's page has the types of the sample's contract.</summary>
    [Fact]
    public void Page_OfTheSample_HasTheTypesOfItsContract() => Assert.Equal(Read("chat.d.ts", Path.Combine(ProjectFolder, "Snapshots")), Read("contract.d.ts", SampleFolder));

    /// <summary>The sample's page runs what npm has as socket.io-client, but for the address of its source map.</summary>
    [Fact]
    [Trait("Category", "Node")]
    public void Page_OfTheSample_RunsTheStockClient()
    {
        NodePackages.Require();
        const string Bundle = "socket.io.esm.min.js";
        var stock = Read(Bundle, Path.Combine(NodePackages.Folder, "node_modules", "socket.io-client", "dist"));
        Assert.Equal(stock[..stock.IndexOf("//# sourceMappingURL", StringComparison.Ordinal)], Read(Bundle, SampleFolder));
    }

    /// <summary>The sample's page uses its types right.</summary>
    [Fact]
    [Trait("Category", "Node")]
    public Task Page_OfTheSample_IsCheckedByTypeScript() => CheckAsync(SampleFolder);

    /// <summary>The programs in the folder TypeScript use the files right, and wrong below each <c>@ts-expect-error</c>.</summary>
    [Fact]
    [Trait("Category", "Node")]
    public Task Programs_ThatUseTheFiles_AreCheckedByTypeScript() => CheckAsync(Path.Combine(ProjectFolder, "TypeScript"));

    private static string Read(string name, string folder) => File.ReadAllText(Path.Combine(folder, name));

    private static async Task CheckAsync(string folder)
    {
        NodePackages.Require();
        var start = new ProcessStartInfo("node", [Path.Combine(NodePackages.Folder, "node_modules", "typescript", "bin", "tsc"), "--project", "tsconfig.json", "--pretty", "false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var compiler = Process.Start(start) ?? throw new InvalidOperationException("'node' could not be started.");
        try
        {
            var output = await compiler.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(("", 0), (output, compiler.ExitCode));
        }
        finally
        {
            compiler.Kill(entireProcessTree: true);
        }
    }

    private static void Verify(string name, string assembly)
    {
        var run = ToolRun.Start("typescript", assembly);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Compare(Path.Combine("Snapshots", name), run.Output);
    }

    private static void Compare(string file, string actual)
    {
        var path = Path.Combine(ProjectFolder, file);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, actual);
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        var difference = expected.Split('\n').Zip(actual.Split('\n')).FirstOrDefault(static lines => lines.First != lines.Second);
        Assert.True(expected == actual, $"""
            '{file}' differs from:
            - {difference.First}
            + {difference.Second}
            If the new text is right, accept it and review the change: {Accept}=1 dotnet test --project tests/TypedSockets.Tool.Tests
            """);
    }

    [GeneratedRegex("```ts\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex TypeScriptBlock();
}

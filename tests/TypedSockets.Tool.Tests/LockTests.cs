using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>contracts.lock without an editor.</summary>
public sealed class LockTests : IDisposable
{
    private static readonly string s_chat = Path.Combine(AppContext.BaseDirectory, "Chat.Contracts.dll");

    private readonly ContractCompiler _compiler = new();

    /// <summary>What the generator put into the assembly is what the analyzer compares with: the file is up to date, and the tool would write it.</summary>
    [Fact]
    public void Lock_OfTheChat_IsTheOneThatIsCommitted() => Assert.Equal(
        new ToolRun(0, File.ReadAllText(Path.Combine(ProjectMetadata.Find("RepositoryRoot"), "samples", "Chat.Contracts", "contracts.lock")).ReplaceLineEndings("\n"), ""),
        ToolRun.Start("lock", s_chat));

    [Fact]
    public void Lock_IsWrittenToAFile()
    {
        var file = _compiler.PathOf("contracts.lock");

        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Start("lock", s_chat, "-o", file));

        Assert.Equal(ToolRun.Start("lock", s_chat).Output, File.ReadAllText(file));
    }

    [Fact]
    public void Lock_OfSeveralContracts_HasThemByName()
    {
        var lines = ToolRun.Start("lock", typeof(LockTests).Assembly.Location).Output.Split('\n').Where(line => line.StartsWith("contract ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
    }

    [Fact]
    public void Lock_OfAnAssemblyThatTheGeneratorDidNotSee_SaysWhatToDo()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("void Say();"));

        Assert.Equal(
            new ToolRun(1, "", $"typedsockets: '{assembly}' does not say what contract 'Test.ITestServer' looks like. Build its project with the package TypedSockets of this version or a later one.\n"),
            ToolRun.Start("lock", assembly));
    }

    public void Dispose() => _compiler.Dispose();
}

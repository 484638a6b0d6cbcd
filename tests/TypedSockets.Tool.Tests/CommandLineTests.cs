using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>What the tool says and returns, above all when it cannot do what it is asked for.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly ContractCompiler _compiler = new();

    [Theory]
    [InlineData("", "A command is missing.")]
    [InlineData("swift", "'swift' is no command; there are 'typescript' and 'lock'.")]
    [InlineData("typescript", "The assembly of the contracts is missing.")]
    [InlineData("typescript a.dll b.dll", "'b.dll' is one argument too many: only one assembly can be read.")]
    [InlineData("typescript a.dll --colour", "'--colour' is no option.")]
    [InlineData("lock", "The assembly of the contracts is missing.")]
    [InlineData("lock a.dll -c IChat", "'-c' is no option.")]
    [InlineData("typescript a.dll -o", "'-o' needs a value.")]
    [InlineData("typescript a.dll -o x --output=y", "'--output' is given twice.")]
    public void CommandLine_ThatIsNotUnderstood_IsExplained(string arguments, string expected) => Assert.Equal(
        new ToolRun(2, "", $"typedsockets: {expected} 'typedsockets --help' tells more.\n"),
        ToolRun.Start(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("--help")]
    [InlineData("typescript -h")]
    [InlineData("lock -h")]
    public void Help_IsWritten(string arguments)
    {
        var run = ToolRun.Start(arguments.Split(' '));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("Usage: typedsockets typescript <contracts.dll> [options]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_IsWritten() => Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", ToolRun.Start("--version").Output);

    [Fact]
    public void Output_ThatWouldStayTheSame_IsNotWrittenAgain()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("void Say();"));
        var file = _compiler.PathOf(Path.Combine("generated", "test.d.ts"));
        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Start("typescript", assembly, "-o", file));
        var text = File.ReadAllText(file);
        Assert.Equal(text, ToolRun.Start("typescript", assembly, "-o", "-").Output);

        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, written);
        ToolRun.Start("typescript", assembly, "-o", file);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));

        File.WriteAllText(file, "");
        ToolRun.Start("typescript", assembly, "-o", file);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void Output_ThatCannotBeWritten_IsAnError()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("void Say();"));
        Failed($"'{assembly}/test.d.ts' cannot be written: ", "typescript", assembly, "-o", assembly + "/test.d.ts");
    }

    [Fact]
    public void Assembly_ThatIsNotThere_IsAnError() => Failed("'none.dll' does not exist. Build the project of the contracts", "typescript", "none.dll");

    [Fact]
    public void File_ThatIsNoAssembly_IsAnError() => Failed("is no assembly of .NET.", "typescript", _compiler.PathOf("TypedSockets.xml"));

    [Fact]
    public void Assembly_WithoutContracts_IsAnError() => Failed("has no interface that is marked [EventContract].", "typescript", _compiler.PathOf("TypedSockets.dll"));

    [Fact]
    public void Contract_ThatIsNotThere_IsAnErrorThatNamesThoseThatAre() => Failed(
        "has no contract '/chat'. It has: Test.ITestServer (namespace '/test').", "typescript", _compiler.Compile(ToolRun.Contract("void Say();")), "-c", "/chat");

    [Fact]
    public void Contract_WithoutAClient_IsAnError() => Failed(
        "'Test.IChat' is marked [EventContract] but does not derive from IServerEvents<IChat, TClient>",
        "typescript",
        _compiler.Compile("namespace Test; [TypedSockets.EventContract] public partial interface IChat { void Say(); }"));

    [Theory]
    [InlineData("void Say(object line);", "", "'Say.line' is of type 'Object', which cannot travel")]
    [InlineData("void Say(Line line);", "public sealed record Line(Owner Owner); public abstract record Owner;", "'Say.line.Owner' is of type 'Owner', which cannot travel: a reader would not know which type to create")]
    [InlineData("int Say();", "", "'ITestServer.Say' returns 'Int32'; an event returns void, Task, ValueTask, Task<T>, ValueTask<T> or IAsyncEnumerable<T>.")]
    public void Contract_ThatDoesNotWork_IsAnErrorThatSaysWhere(string method, string declarations, string expected) =>
        Failed(expected, "typescript", _compiler.Compile(ToolRun.Contract(method, declarations)));

    [Fact]
    public void Reference_ThatIsNotThere_IsAnErrorUntilItIsNamed()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("void Say(Line line);", "[MessagePackObject] public sealed class Line { [Key(0)] public int Id { get; set; } }"));
        var folder = Directory.CreateDirectory(_compiler.PathOf("elsewhere")).FullName;
        File.Move(_compiler.PathOf("MessagePack.Annotations.dll"), Path.Combine(folder, "MessagePack.Annotations.dll"));

        Failed("refers to the assembly 'MessagePack.Annotations', which is neither beside it nor among its packages.", "typescript", assembly);
        Failed("'nowhere' (--reference) is neither a file nor a folder.", "typescript", assembly, "--reference", "nowhere");
        Assert.Equal(0, ToolRun.Start("typescript", assembly, "--reference", folder).ExitCode);
        Assert.Equal(0, ToolRun.Start("typescript", assembly, "-r", Path.Combine(folder, "MessagePack.Annotations.dll")).ExitCode);
    }

    /// <summary>A library's output has no copy of what its packages hold.</summary>
    [Fact]
    public void Reference_ToAPackage_IsFoundWhereItWasRestored()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("void Say(Line line);", "[MessagePackObject] public sealed class Line { [Key(0)] public int Id { get; set; } }"));
        var package = Directory.CreateDirectory(_compiler.PathOf(Path.Combine("packages", "messagepack.annotations", "3.1.0", "lib", "net10.0"))).FullName;
        File.Move(_compiler.PathOf("MessagePack.Annotations.dll"), Path.Combine(package, "MessagePack.Annotations.dll"));
        File.WriteAllText(Path.ChangeExtension(assembly, ".deps.json"), """
            { "targets": { ".NETCoreApp,Version=v10.0": { "MessagePack.Annotations/3.1.0": { "runtime": { "lib/net10.0/MessagePack.Annotations.dll": { } } }, "Contracts/1.0.0": { } } } }
            """);

        var references = new Metadata.AssemblyFinder(assembly, [], _compiler.PathOf("packages"));
        using var context = new System.Reflection.MetadataLoadContext(references, "System.Private.CoreLib");
        Assert.Equal("MessagePack.Annotations", context.LoadFromAssemblyName("MessagePack.Annotations").GetName().Name);
    }

    [Fact]
    public void Comments_ThatAreNoXml_AreLeftOutWithAWarning()
    {
        var assembly = _compiler.Compile(ToolRun.Contract("/// <summary>Says it.</summary>\nvoid Say();"));
        Assert.Contains("/** Says it. */", ToolRun.Start("typescript", assembly).Output, StringComparison.Ordinal);

        File.WriteAllText(Path.ChangeExtension(assembly, ".xml"), "<doc>");
        var run = ToolRun.Start("typescript", assembly);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("typedsockets: warning: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Says it.", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _compiler.Dispose();

    private static void Failed(string expected, params string[] arguments)
    {
        var run = ToolRun.Start(arguments);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("typedsockets: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }
}

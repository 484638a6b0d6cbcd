using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Contracts;

public sealed class ContractGeneratorTests
{
    [Fact]
    public void Chat_GeneratesOneFile_AsInTheSnapshot()
    {
        var (files, problems) = TestCompiler.Generate(TestCompiler.Compile(Sources.Chat));

        Assert.Empty(problems);
        var (name, text) = Assert.Single(files);
        Snapshot.Verify($"ContractGeneratorTests.Chat#{name}", text);
    }
}

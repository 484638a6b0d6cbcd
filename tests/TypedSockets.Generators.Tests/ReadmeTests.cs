using System.Text.RegularExpressions;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests;

/// <summary>Whoever copies the programs of the README gets something that compiles.</summary>
public sealed partial class ReadmeTests
{
    // What the SDK adds to a console project, and to a web project besides.
    private const string ConsoleUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    internal const string WebUsings = ConsoleUsings + """

        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    [Theory]
    [InlineData(1, WebUsings)]
    [InlineData(2, ConsoleUsings)]
    public void Program_WithTheContract_Compiles(int program, string implicitUsings)
    {
        var blocks = CodeBlock().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, blocks.Count);
        var (_, problems) = TestCompiler.Generate(TestCompiler.CompileProgram(implicitUsings, blocks[0], blocks[program]));
        Assert.Empty(problems);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}

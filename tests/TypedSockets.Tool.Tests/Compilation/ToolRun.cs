namespace TypedSockets.Tool.Tests.Compilation;

/// <summary>What one run of the tool has done.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public static ToolRun Start(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var exitCode = Program.Run(arguments, output, errors);
        return new ToolRun(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Compiles contracts and returns the TypeScript that they become.</summary>
    public static string Describe(string source)
    {
        using var compiler = new ContractCompiler();
        var run = Start("typescript", compiler.Compile(source));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }

    /// <summary>Returns the TypeScript of what an event with one parameter carries.</summary>
    /// <param name="parameterType">The type of the parameter.</param>
    /// <param name="declarations">The types that it is made of.</param>
    public static string DescribePayload(string parameterType, string declarations = "")
    {
        const string Begin = "Say: (value: ";
        var text = Describe(Contract($"void Say({parameterType} value);", declarations));
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[start..text.IndexOf(") => void;", start, StringComparison.Ordinal)];
    }

    /// <summary>A contract with these events of the server.</summary>
    public static string Contract(string events, string declarations = "", string clientEvents = "") => $$"""
        using System.Text.Json.Serialization;
        using MessagePack;
        using TypedSockets;
        namespace Test;
        [EventContract("/test")]
        public partial interface ITestServer : IServerEvents<ITestServer, ITestClient>
        {
            {{events}}
        }

        public interface ITestClient : IClientEvents
        {
            {{clientEvents}}
        }

        {{declarations}}
        """;
}

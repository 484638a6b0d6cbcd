using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>Which methods are events, and what socket.io-client is told about them.</summary>
public sealed class EventTests
{
    [Theory]
    [InlineData("void Say(int a, int b = 1);", "Say: (a: number, b?: number) => void;")]
    [InlineData("void Say(int a = 1, int b = 2, CancellationToken c = default);", "Say: (a?: number, b?: number) => void;")]
    [InlineData("Task Say();", "Say: (callback: (fault?: Fault) => void) => void;")]
    [InlineData("ValueTask<int> Say(int function);", "Say: (function_: number, callback: (result: number | Fault) => void) => void;")]
    [InlineData("[Event(\"say it\")] void Say();", "\"say it\": () => void;")]
    [InlineData("[Event(\"\\\"\\u2028\")] void Say();", "\"\\\"\\u2028\": () => void;")]
    [InlineData("IAsyncEnumerable<int> Say(int a);", "// Say: Socket.IO has no streams.")]
    [InlineData("ValueTask Say(IAsyncEnumerable<int> values);", "// Say: Socket.IO has no streams.")]
    [InlineData("ValueTask Say([PayloadFormatter] object value);", "Say: (value: unknown, callback: (fault?: Fault) => void) => void;")]
    public void Event_OfTheServer_IsAFunction(string method, string expected) =>
        Assert.Contains($"export interface ClientToServerEvents {{\n  {expected}\n}}\n", ToolRun.Describe(ToolRun.Contract(method)), StringComparison.Ordinal);

    [Theory]
    [InlineData("void Said(int a, int b = 1);", "Said: (a: number, b: number) => void;")]
    [InlineData("Task Said();", "Said: (callback: () => void) => void;")]
    [InlineData("ValueTask<string?> Said(int a = 1);", "Said: (a: number, callback: (result: string | null) => void) => void;")]
    public void Event_OfTheClient_HasEveryArgument(string method, string expected) =>
        Assert.Contains($"export interface ServerToClientEvents {{\n  {expected}\n}}\n", ToolRun.Describe(ToolRun.Contract("", clientEvents: method)), StringComparison.Ordinal);

    [Fact]
    public void Method_WithABody_IsNoEvent() =>
        Assert.Contains("export interface ClientToServerEvents {\n  Say: () => void;\n}", ToolRun.Describe(ToolRun.Contract("void Say(); void Shout() => Say(); static int Count => 1;")), StringComparison.Ordinal);

    [Fact]
    public void Event_WithoutAReply_NeedsNoFault() => Assert.DoesNotContain("Fault", ToolRun.Describe(ToolRun.Contract("void Say();", clientEvents: "Task Said();")), StringComparison.Ordinal);

    [Fact]
    public void Event_WithFaults_SaysWhichItMayBeAcknowledgedWith()
    {
        var text = ToolRun.Describe(ToolRun.Contract(
            "[Fault<Full>(\"full\")] [Fault<NotAMember>] ValueTask<int> Enter(string club); [Fault<int>(\"busy\")] Task Leave();",
            "public sealed record NotAMember(string Club); public sealed record Full(int Limit);",
            "[Fault<Full>] ValueTask<int> Confirm(); [Fault<Full>] Task Ping();"));
        Assert.Contains("  Enter: (club: string, callback: (result: number | Fault | DeclaredFault<\"NotAMember\", NotAMember> | DeclaredFault<\"full\", Full>) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("  Leave: (callback: (fault?: Fault | DeclaredFault<\"busy\", number>) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("  Confirm: (callback: (result: number | DeclaredFault<\"Full\", Full>) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("  Ping: (callback: (fault?: DeclaredFault<\"Full\", Full>) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("export interface DeclaredFault<Name extends string, Data> {\n  $fault: \"Declared\";\n  name: Name;\n  data: Data;\n}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("- `Declared`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Contracts_OfOneAssembly_HaveNamesOfTheirOwn_AndShareTheirPayloads()
    {
        using var compiler = new ContractCompiler();
        var assembly = compiler.Compile("""
            using TypedSockets;
            namespace Test
            {
                [EventContract("/chat")] public partial interface IChatServer : IServerEvents<IChatServer, IChatClient> { void Say(Line line); }
                public interface IChatClient : IClientEvents;
                [EventContract("/game")] public partial interface IGame : IServerEvents<IGame, IGameClient> { void Say(Line line); }
                public interface IGameClient : IClientEvents;
                public sealed record Line(string Text);
            }
            namespace Test.Old
            {
                [EventContract("/old")] public partial interface IChatServer : IServerEvents<IChatServer, Test.IChatClient>;
            }
            """);
        var declared = Declared(ToolRun.Start("typescript", assembly));
        Assert.Equal(
            "TestChatServerToClientEvents TestChatClientToServerEvents GameServerToClientEvents GameClientToServerEvents OldChatServerToClientEvents OldChatClientToServerEvents Line",
            declared);

        Assert.Equal("ServerToClientEvents ClientToServerEvents Line", Declared(ToolRun.Start("typescript", assembly, "--contract", "/chat")));
        Assert.Equal("ServerToClientEvents ClientToServerEvents", Declared(ToolRun.Start("typescript", assembly, "--contract=Test.Old.IChatServer")));
        Assert.Equal(
            "ChatServerToClientEvents ChatClientToServerEvents GameServerToClientEvents GameClientToServerEvents Line",
            Declared(ToolRun.Start("typescript", "-c", "IGame", "-c", "/chat", assembly)));
    }

    private static string Declared(ToolRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return string.Join(' ', run.Output.Split('\n').Where(static line => line.StartsWith("export interface ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[2]));
    }
}

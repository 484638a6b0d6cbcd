using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Use;

/// <summary>What is reported of code that uses contracts, under which token, and what is not.</summary>
public sealed class UseAnalyzerTests
{
    private const string Contract = """
        using TypedSockets.Server;

        [EventContract("/chat")]
        public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>, IShared
        {
            ValueTask<int> Join(string room);
            void Say(string text);
        }

        public interface IShared { Task Ping(); }

        public interface IChatClient : IClientEvents { ValueTask<bool> Confirm(string question); void Said(string text); }

        """;

    [Theory]
    [InlineData("chat.[|Join|](\"a\");", "'IChatServer.Join'")]
    [InlineData("chat.[|Ping|]();", "'IChatServer.Ping'")]
    [InlineData("client.[|Confirm|](\"?\");", "'IChatClient.Confirm'")]
    [InlineData("maybe?.[|Join|](\"a\");", "'IChatServer.Join'")]
    [InlineData("Action later = () => chat.[|Join|](\"a\");", "'IChatServer.Join'")]
    [InlineData("((IChatServer)chat).[|Join|](\"a\");", "'IChatServer.Join'")]
    public Task Answer_ThatIsDropped_IsReported(string statement, string message) => Reports("TSOCK0301", Caller(statement), message);

    [Theory]
    [InlineData("chat.Say(\"a\");")]
    [InlineData("_ = chat.Join(\"a\");")]
    [InlineData("await chat.Join(\"a\");")]
    [InlineData("var joining = chat.Join(\"a\");")]
    [InlineData("Func<ValueTask<int>> later = () => chat.Join(\"a\");")]
    [InlineData("chat.Join(\"a\").AsTask().ContinueWith(_ => { });")]
    [InlineData("Task.Delay(1);")]
    [InlineData("other.Join();")]
    public Task Answer_ThatSomebodyLooksAt_IsNotReported(string statement) => ReportsNothing(Caller(statement));

    [Theory]
    [InlineData("var count = Task.FromResult(1).[|Result|];", "'ChatHub.Ping' blocks at 'Result'", "await it instead")]
    [InlineData("var count = new ValueTask<int>(1).[|Result|];", "'Result'", "await it instead")]
    [InlineData("Work().[|Wait|]();", "'Wait'", "await it instead")]
    [InlineData("Work().GetAwaiter().[|GetResult|]();", "'GetResult'", "await it instead")]
    [InlineData("Task.[|WaitAll|](Work());", "'WaitAll'", "await Task.WhenAll instead")]
    [InlineData("Task.[|WaitAny|](Work());", "'WaitAny'", "await Task.WhenAny instead")]
    [InlineData("Thread.[|Sleep|](1);", "'Sleep'", "await Task.Delay instead")]
    [InlineData("if (field.IsFaulted) { field.[|Wait|](); }", "'Wait'", "await it instead")]
    public Task Handler_ThatBlocks_IsReported(string statement, params string[] messages) => Reports("TSOCK0302", Hub(statement), messages);

    [Theory]
    [InlineData("public override ValueTask OnConnected(Connected connected) { Thread.[|Sleep|](1); return default; }", "'ChatHub.OnConnected'")]
    [InlineData("public override ValueTask OnDisconnected(DisconnectReason reason) { Thread.[|Sleep|](1); return default; }", "'ChatHub.OnDisconnected'")]
    public Task Hub_ThatBlocksInWhatItOverrides_IsReported(string member, string message) => Reports("TSOCK0302", Hub("", member), message);

    [Fact]
    public Task Client_ThatBlocksInAHandler_IsReported() => Reports(
        "TSOCK0302",
        Contract + "public sealed class View : IChatClient { ValueTask<bool> IChatClient.Confirm(string question) => new(Task.FromResult(true).[|Result|]); public void Said(string text) { } }",
        "'View.TypedSockets.IChatClient.Confirm'".Replace("TypedSockets.", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("Task.Run(() => Thread.Sleep(1));")]
    [InlineData("void Later() => Thread.Sleep(1); Action later = Later;")]
    [InlineData("if (field.IsCompletedSuccessfully) { field.Wait(); }")]
    [InlineData("var work = Work(); await work; work.Wait();")]
    [InlineData("Task<int> one = Task.FromResult(1), two = one; await Task.WhenAll(one, two); Console.WriteLine(one.Result + two.Result);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("Console.WriteLine(new Answer(1).Result);")]
    public Task Handler_ThatDoesNotBlock_IsNotReported(string statement) => ReportsNothing(Hub(statement));

    [Fact]
    public Task Blocking_OutsideHandlers_IsNotReported() => ReportsNothing(Hub("", "public void Helper() => Thread.Sleep(1); public static void Other() => Thread.Sleep(1);"));

    [Theory]
    [InlineData("reason [|switch|] { ClientDisconnect => 1, ServerDisconnect => 2, not (ClientDisconnect or ServerDisconnect or PingTimeout or Unauthorized) when X => 3, null => 4 }", "'AuthenticationExpired', 'ContractMismatch', 'ForcedClose' and 12 more")]
    [InlineData("reason [|switch|] { not Unauthorized => 1 }", "does not handle 'Unauthorized';")]
    [InlineData("reason [|switch|] { Unauthorized { Text: \"x\" } => 2, not Unauthorized => 1 }", "does not handle 'Unauthorized';")]
    [InlineData("reason [|switch|] { Unauthorized when X => 2, not Unauthorized => 1 }", "does not handle 'Unauthorized';")]
    [InlineData("reason [|switch|] { { AllowsReconnect: true } => 1, _ when X => 2, not (Unauthorized or PingTimeout) => 3 }", "'ClientDisconnect'")]
    public Task SwitchExpression_ThatForgetsAReason_IsReported(string expression, string message) => Reports("TSOCK0303", Switch($"return {expression};"), message);

    [Theory]
    [InlineData("[|switch|] (reason) { case ClientDisconnect: case ServerDisconnect: return 1; } return 2;", "'AuthenticationExpired', 'ContractMismatch', 'ForcedClose' and 12 more")]
    [InlineData("[|switch|] (reason) { case ClientDisconnect gone when X: return 1; case not ClientDisconnect: return 3; } return 2;", "does not handle 'ClientDisconnect';")]
    public Task SwitchStatement_ThatForgetsAReason_IsReported(string statement, string message) => Reports("TSOCK0303", Switch(statement), message);

    [Theory]
    [InlineData("return reason switch { ClientDisconnect => 1, _ => 2 };")]
    [InlineData("return reason switch { ClientDisconnect => 1, var other => 2 };")]
    [InlineData("return reason switch { ClientDisconnect => 1, DisconnectReason => 2 };")]
    [InlineData("return reason switch { ClientDisconnect => 1, { } => 2 };")]
    [InlineData("return reason switch { ClientDisconnect => 1, not null => 2 };")]
    [InlineData("return reason switch { Unauthorized { Text: var text, Data: _ } => 1, not Unauthorized => 2 };")]
    [InlineData("switch (reason) { case ClientDisconnect: return 1; default: return 2; }")]
    [InlineData("switch (reason.Code) { case DisconnectCode.ClientDisconnect: return 1; } return 2;")]
    [InlineData("return ((object)reason) switch { ClientDisconnect => 1 };")]
    public Task Switch_ThatSaysWhatBecomesOfTheOthers_IsNotReported(string statement) => ReportsNothing(Switch(statement));

    /// <summary>The compiler does not know that these are all, and would ask for a discard.</summary>
    [Fact]
    public async Task SwitchExpression_OverEveryReason_NeedsNoDiscard()
    {
        var reasons = typeof(DisconnectReason).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DisconnectReason))).Select(type => $"{type.Name} => 1");

        Assert.Empty(await TestCompiler.AnalyzeAll(TestCompiler.Compile(Switch($"return reason switch {{ {string.Join(", ", reasons)} }};"))));
    }

    [Fact]
    public async Task SwitchExpression_ThatForgetsOne_IsReportedOnce() =>
        Assert.Equal("TSOCK0303", Assert.Single(await TestCompiler.AnalyzeAll(TestCompiler.Compile(Switch("return reason switch { not Unauthorized => 1 };")))).Id);

    [Fact]
    public async Task SwitchExpression_OverSomethingElse_IsLeftToTheCompiler() =>
        Assert.Equal("CS8509", Assert.Single(await TestCompiler.AnalyzeAll(TestCompiler.Compile(Switch("return (object)reason switch { string => 1 };")))).Id);

    [Theory]
    [InlineData("public class [|ChatHub|] : Hub<IChatClient>;", "'ChatHub' sends the events of 'IChatClient'", "implement 'IChatServer'")]
    [InlineData("public class [|Derived|] : Base; public abstract class Base : Hub<IChatClient>;", "'Derived'", "implement 'IChatServer'")]
    [InlineData("public class [|OtherHub|] : Hub<IOther>, IShared { public Task Ping() => Task.CompletedTask; } public interface IOther : IClientEvents;", "implement an interface that derives from IServerEvents<TSelf, IOther>")]
    [InlineData("namespace More { [EventContract(\"/b\")] public partial interface ISecond : IServerEvents<ISecond, IChatClient>; } public class [|ChatHub|] : Hub<IChatClient>;", "implement 'IChatServer' or 'More.ISecond'")]
    public Task Hub_WithoutItsContract_IsReported(string declaration, params string[] messages) => Reports("TSOCK0304", Contract + declaration, messages);

    [Theory]
    [InlineData("public abstract class ChatHub : Hub<IChatClient>;")]
    [InlineData("public class AnyHub : DynamicHub;")]
    [InlineData("public class AnyHub<T> : Hub<T> where T : class, IClientEvents;")]
    [InlineData("public class ChatHub : Hub<IChatClient>, IChatServer { public ValueTask<int> Join(string room) => new(1); public void Say(string text) { } public Task Ping() => Task.CompletedTask; }")]
    public Task Hub_ThatNeedsNoContractOrHasOne_IsNotReported(string declaration) => ReportsNothing(Contract + declaration);

    private static string Caller(string statement) => Contract + $$"""
        public interface IElsewhere { Task Join(); }
        public static class Caller { public static async Task Call(IChatServer chat, IChatClient client, IChatServer? maybe, IElsewhere other) { {{statement}} await Task.Yield(); } }
        """;

    private static string Hub(string statement, string member = "") => Contract + $$"""
        public sealed record Answer(int Result);

        public sealed class ChatHub : Hub<IChatClient>, IChatServer
        {
            private readonly Task field = Task.CompletedTask;
            public ValueTask<int> Join(string room) => new(1);
            public void Say(string text) { }
            public async Task Ping() { {{statement}} await Task.Yield(); }
            private static Task Work() => Task.CompletedTask;
            {{member}}
        }
        """;

    private static string Switch(string statement) =>
        $$"""public static class Switches { public static bool X { get; set; } public static int Of(DisconnectReason reason) { {{statement}} } }""";

    private static async Task ReportsNothing(string source) => Assert.Empty(await TestCompiler.Analyze(TestCompiler.Compile(source)));

    private static async Task Reports(string id, string markup, params string[] messages)
    {
        var start = markup.IndexOf("[|", StringComparison.Ordinal);
        var end = markup.IndexOf("|]", StringComparison.Ordinal);
        var compilation = TestCompiler.Compile(markup.Remove(end, 2).Remove(start, 2));
        Assert.DoesNotContain(TestCompiler.Generate(compilation).Problems, problem => problem.Severity is DiagnosticSeverity.Error);

        var diagnostic = Assert.Single(await TestCompiler.Analyze(compilation));

        Assert.Equal((id, start, markup[(start + 2)..end]), (diagnostic.Id, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceTree!.ToString().Substring(start, diagnostic.Location.SourceSpan.Length)));
        Assert.All(messages, message => Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}

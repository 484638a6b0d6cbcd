using TypedSockets.Generators.CodeFixes.Events;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.CodeFixes;

/// <summary>The fixes of a contract's methods. Whatever is not the fix stays as it was, to the last space.</summary>
public sealed class EventCodeFixTests
{
    [Theory]
    [InlineData("Task Say(CancellationToken token, string text);", "Task Say(string text, CancellationToken token);")]
    [InlineData("Task Say(int a, CancellationToken token, string b , int c);", "Task Say(int a, string b, int c , CancellationToken token);")]
    [InlineData("Task Say(CancellationToken token, string text = \"\");", "Task Say(string text = \"\", CancellationToken token = default);")]
    [InlineData("Task Say(CancellationToken token = default, string text = \"\");", "Task Say(string text = \"\", CancellationToken token = default);")]
    [InlineData("Task Say(/* stops it */ CancellationToken token, /* aloud */ string text);", "Task Say(/* aloud */ string text, /* stops it */ CancellationToken token);")]
    [InlineData("Task Say(CancellationToken token, /* aloud */ string text);", "Task Say(/* aloud */ string text, CancellationToken token);")]
    [InlineData("Task Say(\n        CancellationToken token,\n        string room,\n        string text);", "Task Say(\n        string room,\n        string text,\n        CancellationToken token);")]
    [InlineData("Task Say(CancellationToken token,\n             string text);", "Task Say(string text,\n             CancellationToken token);")]
    [InlineData("Task Say(CancellationToken first, CancellationToken second);", "Task Say(CancellationToken second);")]
    [InlineData("Task Say(CancellationToken first, string text, CancellationToken second, CancellationToken third);", "Task Say(string text, CancellationToken third);")]
    [InlineData("Task Say(CancellationToken first, CancellationToken second, string text);", "Task Say(string text, CancellationToken second);")]
    public Task Token_ThatIsNotLast_IsMovedThere(string before, string after) => Fixes(new CodeFixRunner(new MoveCancellationTokenCodeFix(), "TSOCK0105"), before, after);

    [Theory]
    [InlineData("Task Say(CancellationToken token, params int[] numbers);")]
    [InlineData("Task Say(\n        CancellationToken token, // stops it\n        string text);")]
    public async Task Token_WhoseMoveIsNotCertain_IsLeftAlone(string member) =>
        Assert.Empty(await new CodeFixRunner(new MoveCancellationTokenCodeFix(), "TSOCK0105").Titles(InServer(member)));

    [Fact]
    public async Task Tokens_AreAllMoved()
    {
        var fix = new CodeFixRunner(new MoveCancellationTokenCodeFix(), "TSOCK0105");
        var source = InServer("Task Say(CancellationToken token, string text);\n\n    /// <summary>Leaves.</summary>\n    Task Leave(CancellationToken token, string room);");

        var all = await fix.FixAll(source);

        Assert.Equal(InServer("Task Say(string text, CancellationToken token);\n\n    /// <summary>Leaves.</summary>\n    Task Leave(string room, CancellationToken token);"), all);
        Assert.Equal(all, await fix.FixEach(source));
        await fix.IsMended(all);
    }

    [Theory]
    [InlineData("void Say(in int number);", "void Say(int number);")]
    [InlineData("void Say(string text, /* many */ ref readonly  int number);", "void Say(string text, /* many */ int number);")]
    [InlineData("void Say(params string[] lines);", "void Say(string[] lines);")]
    public Task Modifier_IsRemoved(string before, string after) => Fixes(new CodeFixRunner(new RemoveParameterModifierCodeFix(), "TSOCK0106"), before, after);

    [Fact]
    public async Task Out_IsLeftAlone() => Assert.Empty(await new CodeFixRunner(new RemoveParameterModifierCodeFix(), "TSOCK0106").Titles(InServer("void Say(out int number);")));

    [Theory]
    [InlineData("void Say(string text);\n    void Say(string text, string room);", "void Say(string text);\n    [Event(\"SayRoom\")]\n    void Say(string text, string room);")]
    [InlineData("void Say(int it);\n    void Say(string it);", "void Say(int it);\n    [Event(\"SayString\")]\n    void Say(string it);")]
    [InlineData("void Say(string text);\n    void Say();", "void Say(string text);\n    [Event(\"Say2\")]\n    void Say();")]
    [InlineData("Task Say();\n    Task Say(CancellationToken token);", "Task Say();\n    [Event(\"Say2\")]\n    Task Say(CancellationToken token);")]
    [InlineData("void SayRoom();\n    void Say();\n    void Say(string room);", "void SayRoom();\n    void Say();\n    [Event(\"SayRoom2\")]\n    void Say(string room);")]
    [InlineData("[Event(\"said\")] void Say();\n    [Event(\"said\")] void Tell(string who);", "[Event(\"said\")] void Say();\n    [Event(\"saidWho\")] void Tell(string who);")]
    [InlineData("void Say();\n\n    /// <summary>Documented.</summary>\n    [Obsolete] // soon\n    void Say(int times);", "void Say();\n\n    /// <summary>Documented.</summary>\n    [Event(\"SayTimes\")]\n    [Obsolete] // soon\n    void Say(int times);")]
    [InlineData("[Obsolete] void Tell();\n    void Say();\n    void Say(int times);", "[Obsolete] void Tell();\n    void Say();\n    [Event(\"SayTimes\")] void Say(int times);")]
    public Task Overload_GetsANameAfterWhatTheOthersLack(string before, string after) => Fixes(new CodeFixRunner(new NameEventCodeFix(), "TSOCK0107"), before, after);

    [Fact]
    public async Task Overloads_AreAllNamed_EachWithANameOfItsOwn()
    {
        var fix = new CodeFixRunner(new NameEventCodeFix(), "TSOCK0107");
        var source = InServer("void Say(string a);\n    void Say(string a, int b);\n    void Say(int b);\n    void Say(long b);\n    void Say(string a, long b);");

        var all = await fix.FixAll(source);

        Assert.Equal(
            InServer("void Say(string a);\n    [Event(\"Say2\")]\n    void Say(string a, int b);\n    [Event(\"Say3\")]\n    void Say(int b);\n    [Event(\"Say4\")]\n    void Say(long b);\n    [Event(\"Say5\")]\n    void Say(string a, long b);"),
            all);
        await fix.IsMended(all);
        await fix.IsMended(await fix.FixEach(source));
    }

    [Fact]
    public async Task Overload_InABaseInterface_IsNamedThere()
    {
        var fix = new CodeFixRunner(new NameEventCodeFix(), "TSOCK0107");
        const string Before = """
            public interface IShared { void Say(string text); }

            [EventContract]
            public partial interface IServer : IShared, IServerEvents<IServer, IClient> { void Say(); }

            public interface IClient : IClientEvents;
            """;

        var after = await fix.FixFirst(Before);

        Assert.Equal(Before.Replace("void Say(string", "[Event(\"SayText\")] void Say(string", StringComparison.Ordinal), after);
        await fix.IsMended(after);
    }

    private static async Task Fixes(CodeFixRunner fix, string before, string after)
    {
        var mended = await fix.FixEach(InServer(before));

        Assert.Equal(InServer(after), mended);
        Assert.Equal(mended, await fix.FixAll(InServer(before)));
        await fix.IsMended(mended);
    }

    private static string InServer(string members) => $$"""
        [EventContract]
        public partial interface IServer : IServerEvents<IServer, IClient>
        {
            {{members}}
        }

        public interface IClient : IClientEvents;
        """;
}

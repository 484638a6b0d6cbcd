using TypedSockets.Generators.CodeFixes.Contracts;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.CodeFixes;

/// <summary>The fixes of a contract's declaration. Whatever is not the fix stays as it was, to the last space.</summary>
public sealed class ContractCodeFixTests
{
    private const string Client = "public interface IClient : IClientEvents { }";

    [Fact]
    public async Task NotPartial_GetsTheModifierBeforeTheKeyword()
    {
        const string Before = """
            namespace Chat;

            /// <summary>Documented.</summary>
            [EventContract("/chat")] // marked
            public interface IServer : IServerEvents<IServer, IClient>
            {
                void Say(string text);   // said aloud
            }

            """ + Client;
        var fix = new CodeFixRunner(new MakePartialCodeFix(), "TSOCK0001");

        var after = await fix.FixFirst(Before);

        Assert.Equal(Before.Replace("public interface IServer", "public partial interface IServer", StringComparison.Ordinal), after);
        Assert.Equal(["Make 'IServer' partial"], await fix.Titles(Before));
        await fix.IsMended(after);
    }

    [Fact]
    public async Task NotPartial_WithoutModifiers_KeepsItsIndentation()
    {
        const string Before = """
            namespace Chat
            {
                // A remark.
                [EventContract]
                interface IServer : IServerEvents<IServer, IClient> { }

                interface IClient : IClientEvents { }
            }
            """;
        var fix = new CodeFixRunner(new MakePartialCodeFix(), "TSOCK0001");

        var after = await fix.FixFirst(Before);

        Assert.Equal(Before.Replace("    interface IServer", "    partial interface IServer", StringComparison.Ordinal), after);
        await fix.IsMended(after);
    }

    [Fact]
    public async Task NotPartial_NestedInOthers_AllAreMendedAtOnce()
    {
        const string Before = """
            public static class Contracts
            {
                internal record Inner
                {
                    [EventContract] internal interface IServer : IServerEvents<IServer, IClient>;
                    [EventContract] internal interface IOther : IServerEvents<IOther, IClient>;
                }

                internal interface IClient : IClientEvents;
            }
            """;
        var fix = new CodeFixRunner(new MakePartialCodeFix(), "TSOCK0001");

        var all = await fix.FixAll(Before);

        Assert.Equal(
            Before
                .Replace("static class", "static partial class", StringComparison.Ordinal)
                .Replace("internal record", "internal partial record", StringComparison.Ordinal)
                .Replace("internal interface IServer", "internal partial interface IServer", StringComparison.Ordinal)
                .Replace("internal interface IOther", "internal partial interface IOther", StringComparison.Ordinal),
            all);
        Assert.Equal(all, await fix.FixEach(Before));
        Assert.Contains("Make 'IServer', 'Inner', 'Contracts' partial", await fix.Titles(Before));
        await fix.IsMended(all);
    }

    [Theory]
    [InlineData("IChatServer", "/chat")]
    [InlineData("IGameLobbyServer", "/game-lobby")]
    [InlineData("IHTTPLogEvents", "/http-log")]
    [InlineData("Item", "/item")]
    [InlineData("IServer", "/server")]
    public async Task MissingAttribute_IsAddedWithTheNamespaceOfTheName(string name, string ns)
    {
        var before = $$"""
            // The first line.

            /// <summary>Documented.</summary>
            public interface {{name}} : IServerEvents<{{name}}, IClient>
            {
                void Say(string text);
            }

            {{Client}}
            """;
        var fix = new CodeFixRunner(new AddEventContractCodeFix(), "TSOCK0006");

        var after = await fix.FixFirst(before);

        Assert.Equal(before.Replace("public interface " + name, $"[EventContract(\"{ns}\")]\npublic partial interface {name}", StringComparison.Ordinal), after);
        await fix.IsMended(after);
    }

    [Fact]
    public async Task MissingAttribute_WhereTheNamespaceIsNotUsed_IsQualified()
    {
        const string Before = "#nullable enable\r\n\tpublic partial interface IChatServer : TypedSockets.IServerEvents<IChatServer, IChatClient> { }\r\n\tpublic interface IChatClient : TypedSockets.IClientEvents { }\r\n";
        var fix = new CodeFixRunner(new AddEventContractCodeFix(), "TSOCK0006") { HasImplicitUsings = false };

        var after = await fix.FixFirst(Before);

        Assert.Equal(Before.Replace("\tpublic partial", "\t[TypedSockets.EventContract(\"/chat\")]\r\n\tpublic partial", StringComparison.Ordinal), after);
        await fix.IsMended(after);
    }

    [Fact]
    public async Task MissingAttributes_AreAllAdded()
    {
        const string Before = """
            public partial interface IChatServer : IServerEvents<IChatServer, IClient>;
            public interface IGameServer : IServerEvents<IGameServer, IClient>;
            public interface IClient : IClientEvents;
            """;
        var fix = new CodeFixRunner(new AddEventContractCodeFix(), "TSOCK0006");

        var all = await fix.FixAll(Before);

        Assert.Equal(await fix.FixEach(Before), all);
        await fix.IsMended(all);
    }

    [Theory]
    [InlineData("public partial interface IChatServer\n{\n}", "public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>\n{\n}")]
    [InlineData("public partial interface IChatServer : IDisposable { new void Dispose() { } }", "public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>, IDisposable { new void Dispose() { } }")]
    [InlineData("public partial interface IChatServer : IServerEvents<IOther, IChatClient>;", "public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>;")]
    public async Task NotServerEvents_WhereTheClientIsCertain_GetsTheBase(string before, string expected)
    {
        const string Others = "\npublic interface IChatClient : IClientEvents;\npublic interface IOther : IServerEvents<IOther, IChatClient>;";
        var fix = new CodeFixRunner(new DeriveFromServerEventsCodeFix(), "TSOCK0002");

        var after = await fix.FixFirst("[EventContract(\"/chat\")]\n" + before + Others);

        Assert.Equal("[EventContract(\"/chat\")]\n" + expected + Others, after);
        Assert.Empty(await fix.Titles(after));
    }

    [Fact]
    public async Task NotServerEvents_OfSeveralClients_TheOneOfTheSameNameIsTaken()
    {
        const string Before = "[EventContract] public partial interface IChatServer;\npublic interface IChatClient : IClientEvents;\npublic interface IGameClient : IClientEvents;";
        var fix = new CodeFixRunner(new DeriveFromServerEventsCodeFix(), "TSOCK0002");

        Assert.Equal(["Derive from 'IServerEvents<IChatServer, IChatClient>'"], await fix.Titles(Before));
        Assert.Empty(await fix.Titles(Before.Replace("IChatClient", "ITalkClient", StringComparison.Ordinal)));
    }
}

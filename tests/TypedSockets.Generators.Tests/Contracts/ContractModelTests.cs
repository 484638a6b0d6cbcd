using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Contracts;

/// <summary>The model is what the compiler keeps between edits: it is compared by value and holds nothing of the compiler's own.</summary>
public sealed class ContractModelTests
{
    // One contract with every kind of type: the one that the tests of payloads use.
    private static readonly string[] s_echo =
    [
        .. new[] { "IEchoServer.cs", "EchoTypes.cs" }.Select(file => Repository.Read("tests", "TypedSockets.Generators.Tests", "Payloads", file)),
    ];

    [Fact]
    public void EquivalentSources_GiveEqualModels()
    {
        const string Edited = """
            // A comment before.
            namespace Chat
            {
                public sealed record Line(long Id, string Room, string Who, string Text, DateTimeOffset At)
                {
                    public override string ToString() => Text;
                }

                public sealed record Joined(string Room, IReadOnlyList<string> Members, IReadOnlyList<Chat.Line> History) { private int Secret => 42; }

                public interface IChatClient : IClientEvents
                {
                    System.Threading.Tasks.ValueTask<System.Boolean> Confirm(String question, CancellationToken cancellationToken = default);
                    void Typing(string room, string who); void Said(Line line);
                }

                /// <summary>Documented.</summary>
                [EventContract(@namespace: "/chat")]
                public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
                {
                    void Typing(string room);
                    void Say(string room, string text);
                    ValueTask Leave(string room);
                    ValueTask<Joined> Join(string room, string name, CancellationToken cancellationToken);
                    string Describe() => "not an event";
                }
            }
            """;

        var (first, second) = (Parse(Sources.Chat), Parse(Edited));

        // The order in which types are met follows the order of the events, which is that of their wire names.
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("void Say(string room, string text)", "void Say(string room, string? text)")]
    [InlineData("void Say(string room, string text)", "void Say(string text, string room)")]
    [InlineData("void Say(string room, string text)", "void Say(string room, string text = \"\")")]
    [InlineData("ValueTask Leave(", "Task Leave(")]
    [InlineData("long Id", "int Id")]
    [InlineData("/chat", "/chat2")]
    public void DifferentSources_GiveDifferentModels(string from, string to)
    {
        Assert.NotEqual(Parse(Sources.Chat), Parse(Sources.Chat.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Model_HoldsNothingOfTheCompiler()
    {
        var objects = CompilerObjects.AssertNoneIn(Parse(s_echo), nameof(ContractModel));

        // The walk went through it all: the model of every event and every type.
        Assert.True(objects > 500, $"Only {objects} objects were found.");
    }

    private static ContractModel Parse(params string[] sources)
    {
        var compilation = TestCompiler.Compile(sources);
        var contract = compilation.GetSymbolsWithName(name => name.EndsWith("Server", StringComparison.Ordinal), SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        var (model, violations) = ContractParser.Parse(contract, ContractParser.FindAttribute(contract)!, TestContext.Current.CancellationToken);
        Assert.Empty(violations);
        return Assert.IsType<ContractModel>(model);
    }
}

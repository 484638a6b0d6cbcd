using TypedSockets.Generators.CodeFixes.Payloads;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.CodeFixes;

/// <summary>The fixes of members without a key, and of members that have another's.</summary>
public sealed class KeyCodeFixTests
{
    private const string Contract = """
        [EventContract]
        public partial interface IServer : IServerEvents<IServer, IClient> { void Say(Line line); }
        public interface IClient : IClientEvents;
        """;

    [Theory]
    [InlineData("[Key(0)] public int A { get; set; }\n    public int B { get; set; }", "[Key(0)] public int A { get; set; }\n    [Key(1)] public int B { get; set; }")]
    [InlineData("[Key(0)]\n    public int A { get; set; }\n    /// <summary>B.</summary>\n    public int B { get; set; } // b", "[Key(0)]\n    public int A { get; set; }\n    /// <summary>B.</summary>\n    [Key(1)]\n    public int B { get; set; } // b")]
    [InlineData("[Key(0)] public int A;\n    public int B;", "[Key(0)] public int A;\n    [Key(1)] public int B;")]
    [InlineData("[Key(0)] public int A;\n    [Key(7)] public int C;\n    public int B;", "[Key(0)] public int A;\n    [Key(7)] public int C;\n    [Key(8)] public int B;")]
    [InlineData("[Key(\"a\")] public int A;\n    public int B;", "[Key(\"a\")] public int A;\n    [Key(\"B\")] public int B;")]
    [InlineData("public int A;\n\n    public int B;", "[Key(0)]\n    public int A;\n\n    [Key(1)]\n    public int B;")]
    public async Task MissingKey_BecomesTheNextFreeOne(string before, string after) => await Fixes("TSOCK0203", InType(before), InType(after));

    [Theory]
    [InlineData("[Key(0)] public int A;\n    [Key(0)] public int B;", "[Key(0)] public int A;\n    [Key(1)] public int B;")]
    [InlineData("[Key(3)] public int A;\n    [Key( /* the same */ 3)] public int B;\n    [Key(3)] public int C;", "[Key(3)] public int A;\n    [Key( /* the same */ 4)] public int B;\n    [Key(5)] public int C;")]
    [InlineData("[Key(\"a\")] public int A;\n    [Key(\"a\")] public int B;", "[Key(\"a\")] public int A;\n    [Key(\"B\")] public int B;")]
    public async Task ClashingKey_OfTheLaterMember_BecomesTheNextFreeOne(string before, string after) => await Fixes("TSOCK0204", InType(before), InType(after));

    [Fact]
    public async Task Record_GetsKeysOnTheProperties() => await Fixes(
        "TSOCK0203",
        "using MessagePack;\n[MessagePackObject] public record Line([property: Key(0)] int A, int B,\n    /* c */ int C);",
        "using MessagePack;\n[MessagePackObject] public record Line([property: Key(0)] int A, [property: Key(1)] int B,\n    /* c */ [property: Key(2)] int C);");

    [Fact]
    public async Task KeyOfABaseType_IsNotTakenAgain() => await Fixes(
        "TSOCK0203",
        "using MessagePack;\n[MessagePackObject] public class Base { [Key(4)] public int A; }\n[MessagePackObject] public class Line : Base { public int B; }",
        "using MessagePack;\n[MessagePackObject] public class Base { [Key(4)] public int A; }\n[MessagePackObject] public class Line : Base { [Key(5)] public int B; }");

    [Theory]
    [InlineData("", "MessagePack.Key")]
    [InlineData("using M = MessagePack;\n", "M.Key")]
    [InlineData("using MessagePack;\nusing System.ComponentModel.DataAnnotations;\n", "MessagePack.Key")]
    public async Task Attribute_IsSpelledAsTheUsingsAllow(string usings, string spelling) => await Fixes(
        "TSOCK0203",
        usings + "[MessagePack.MessagePackObject]\npublic class Line\n{\n    public int A;\n}",
        usings + $"[MessagePack.MessagePackObject]\npublic class Line\n{{\n    [{spelling}(0)]\n    public int A;\n}}");

    [Fact]
    public async Task FieldsThatShareADeclaration_AreLeftAlone() => Assert.Empty(await Runner("TSOCK0203").Titles(InType("public int A, B;")));

    private static async Task Fixes(string id, string before, string after)
    {
        var fix = Runner(id);

        Assert.Equal(after, await fix.FixAll(before));
        Assert.Equal(after, await fix.FixEach(before));
        await fix.IsMended(after);
    }

    private static CodeFixRunner Runner(string id) => new(new KeyCodeFix(), id, Contract, MessagePackAttributes.Source);

    private static string InType(string members) => $$"""
        using MessagePack;

        [MessagePackObject]
        public sealed class Line
        {
            {{members}}
        }
        """;
}

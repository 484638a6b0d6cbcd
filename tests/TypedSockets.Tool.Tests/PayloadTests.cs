using TypedSockets.Tool.Tests.Compilation;

namespace TypedSockets.Tool.Tests;

/// <summary>What travels, and under which name: the rules of the source generator and of the JSON format.</summary>
public sealed class PayloadTests
{
    [Theory]
    [InlineData("int?", "number | null")]
    [InlineData("string?[]?", "(string | null)[] | null")]
    [InlineData("List<int?>?", "(number | null)[] | null")]
    [InlineData("Dictionary<string, List<string?>?>", "{ [key: string]: (string | null)[] | null }")]
    [InlineData("(string? First, KeyValuePair<string, string?>? Pair)?", "[first: string | null, pair: StringNullableStringKeyValuePair | null] | null")]
    [InlineData("(int, (string? A, string B)[] Others)", "[item1: number, others: [a: string | null, b: string][]]")]
    [InlineData("string?[,]", "(string | null)[][]")]
    [InlineData("ArraySegment<byte>", "Bytes")]
    [InlineData("byte[][]", "Bytes[]")]
    [InlineData("System.Collections.Immutable.ImmutableArray<byte>", "number[]")]
    [InlineData("nint[]", null)]
    public void Type_IsWrittenWithItsNullability(string type, string? expected)
    {
        if (expected is not null)
        {
            Assert.Equal(expected, ToolRun.DescribePayload(type));
            return;
        }

        using var compiler = new ContractCompiler();
        var run = ToolRun.Start("typescript", compiler.Compile(ToolRun.Contract($"void Say({type} value);")));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'Say.value[]' is of type 'IntPtr', which cannot travel", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Nullability inside of generic types comes from three places: the argument, the parameter's use, and the base type.</summary>
    [Fact]
    public void GenericTypes_KeepTheNullabilityOfEveryLevel()
    {
        var text = ToolRun.Describe(ToolRun.Contract("void Say(Names value);", """
            public class Box<T> { public T Value { get; set; } = default!; public T? Other { get; set; } public List<T?> All { get; set; } = []; }
            public class Pair<TFirst, TSecond> : Box<TSecond> where TFirst : struct { public TFirst? First { get; set; } }
            public sealed class Names : Pair<int, string?> { public Box<string>? Inner { get; set; } }
            """));
        Assert.Contains("""
            export interface Names {
              value: string | null;
              other: string | null;
              all: (string | null)[];
              first: number | null;
              inner: StringBox | null;
            }

            export interface StringBox {
              value: string;
              other: string | null;
              all: (string | null)[];
            }
            """, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public int Settable { get; set; }", "settable: number;")]
    [InlineData("public int Init { get; init; }", "init: number;")]
    [InlineData("public int Private { get; private set; }", "private: number;")]
    [InlineData("public int Field;", "field: number;")]
    [InlineData("[JsonPropertyName(\"a b\")] public int Named { get; set; }", "\"a b\": number;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Null { get; set; }", "null: string | null;")]
    [InlineData("public int Computed => 1;", null)]
    [InlineData("public readonly int Fixed;", null)]
    [InlineData("internal int Internal { get; set; }", null)]
    [InlineData("public int Hidden { internal get; set; }", null)]
    [InlineData("[JsonIgnore] public int Ignored { get; set; }", null)]
    [InlineData("[IgnoreMember] public int Ignored { get; set; }", null)]
    [InlineData("[System.Runtime.Serialization.IgnoreDataMember] public int Ignored { get; set; }", null)]
    public void Member_TravelsWhenAReaderCanSetIt(string member, string? expected) => Assert.Equal(
        expected is null ? "export interface Thing {\n}\n" : $"export interface Thing {{\n  {expected}\n}}\n",
        DescribeThing($"public sealed class Thing {{ {member} }}"));

    [Theory]
    [InlineData("public sealed class Thing(int id) { public int Id { get; } = id; public int Other => 1; }", "id")]
    [InlineData("public sealed class Thing { public Thing() { } public Thing(int id, int more) { } public Thing(int id) { } public int Id { get; } public int More { get; } }", "id more")]
    [InlineData("public sealed class Thing { [JsonConstructor] public Thing(int id) { } public Thing(int id, int more) { } public int Id { get; } public int More { get; } }", "id")]
    [InlineData("public sealed class Thing { public Thing(int id, string name) { } public int Id { get; } public string Other { get; } = \"\"; }", "")]
    [InlineData("public sealed class Thing { public Thing(string name) { } public string? Name { get; } }", "")]
    [InlineData("public sealed class Thing { public Thing(string? name) { } public string Name { get; } = \"\"; }", "name")]
    [InlineData("public readonly record struct Thing(int Id) { public int Twice => Id * 2; }", "id")]
    [InlineData("public struct Thing { public int Id; public readonly int Twice => Id * 2; }", "id")]
    [InlineData("[MessagePackObject] public sealed class Thing { [Key(0)] public int Id => 1; [JsonIgnore] [Key(1)] public int Binary { get; set; } }", "id")]
    [InlineData("[MessagePackObject(true)] public sealed class Thing { public int Id => 1; }", "id")]
    public void Constructor_DecidesWhatElseTravels(string thing, string expected)
    {
        var members = DescribeThing(thing).Split('\n').Where(static line => line.Contains(':', StringComparison.Ordinal)).Select(static line => line.Trim().Split(':')[0]);
        Assert.Equal(expected, string.Join(' ', members));
    }

    [Theory]
    [InlineData("public enum Kind { }", "export type Kind = number;")]
    [InlineData("public enum Kind : sbyte { A = -1, B = 1, C = -1 }", "/**\n * - `-1` A\n * - `1` B\n */\nexport type Kind = -1 | 1;")]
    [InlineData("public enum Kind : ulong { A = ulong.MaxValue }", "/** - `18446744073709551615` A */\nexport type Kind = number;")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind : ulong { A = ulong.MaxValue }", "export type Kind = \"A\";")]
    public void Enum_IsItsLiterals(string declaration, string expected) =>
        Assert.Contains("\n\n" + expected + "\n", ToolRun.Describe(ToolRun.Contract("void Say(Kind kind);", declaration)), StringComparison.Ordinal);

    [Fact]
    public void Union_OfNumberedTypes_HasTheNumbers() => Assert.Contains("""
        export type Shape =
          | ({ $type: 1 } & Circle)
          | ({ $type: 7 } & Square);
        """, ToolRun.Describe(ToolRun.Contract("void Say(IShape shape);", """
            [MessagePack.Union(7, typeof(Square))] [MessagePack.Union(1, typeof(Circle))]
            public interface IShape;
            public sealed record Circle(double Radius) : IShape;
            public sealed record Square(double Side) : IShape;
            """)), StringComparison.Ordinal);

    [Fact]
    public void Names_ThatClash_AreAllExtended()
    {
        var text = ToolRun.Describe("""
            using TypedSockets;
            namespace Test
            {
                [EventContract] public partial interface ITestServer : IServerEvents<ITestServer, ITestClient> { void Say(One.Line one, Two.Line two, Outer.Line three, Fault fault, @string text); }
                public interface ITestClient : IClientEvents;
                public static class Outer { public sealed record Line; }
                public sealed record Fault;
                public sealed record @string;
            }
            namespace Test.One { public sealed record Line; }
            namespace Test.Two { public sealed record Line; }
            """);
        Assert.Contains("Say: (one: OneLine, two: TwoLine, three: OuterLine, fault: TestFault, text: Teststring) => void;", text, StringComparison.Ordinal);
    }

    private static string DescribeThing(string thing)
    {
        var text = ToolRun.Describe(ToolRun.Contract("void Say(Thing value);", thing));
        return text[text.IndexOf("export interface Thing", StringComparison.Ordinal)..];
    }
}

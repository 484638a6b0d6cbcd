using System.Globalization;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Diagnostics;

/// <summary>What is reported, in which words, and under which token.</summary>
public sealed class ContractAnalyzerTests
{
    [Theory]
    [InlineData("TSOCK0101", "int [|Topic|] { get; }", "is a property;")]
    [InlineData("TSOCK0101", "int [|this|][int index] { get; }", "is an indexer;")]
    [InlineData("TSOCK0101", "event Action [|Changed|];", "is a C# event;")]
    [InlineData("TSOCK0101", "static abstract void [|Say|]();", "is a static abstract member;")]
    [InlineData("TSOCK0101", "internal void [|Say|]();", "is not public;")]
    [InlineData("TSOCK0102", "void [|Say|]<T>();", "Event 'Say' is generic;")]
    [InlineData("TSOCK0103", "int [|Count|]();", "Event 'Count' returns 'int';")]
    [InlineData("TSOCK0103", "ref readonly int [|Count|]();", "Event 'Count' returns 'int';")]
    [InlineData("TSOCK0103", "Task<int>[] [|Count|]();", "Event 'Count' returns 'System.Threading.Tasks.Task<int>[]';")]
    [InlineData("TSOCK0104", "IAsyncEnumerable<int>? [|Numbers|]();", "it cannot be null")]
    [InlineData("TSOCK0104", "Task Numbers(IAsyncEnumerable<int>? [|numbers|] = null);", "it cannot be null")]
    [InlineData("TSOCK0104", "void Numbers(IAsyncEnumerable<int> [|numbers|]);", "Stream 'System.Collections.Generic.IAsyncEnumerable<int>' of event 'Numbers' cannot travel: an event that takes one is answered")]
    [InlineData("TSOCK0201", "IAsyncEnumerable<IAsyncEnumerable<int>> [|Numbers|]();", "Numbers()[]: type 'System.Collections.Generic.IAsyncEnumerable<int>' cannot be serialized: a stream is")]
    [InlineData("TSOCK0201", "ValueTask<IAsyncEnumerable<int>> [|Numbers|]();", "a stream is what an event returns or takes, and no part of a payload")]
    [InlineData("TSOCK0201", "Task Numbers(IAsyncEnumerable<object> [|numbers|]);", "Numbers.numbers[]")]
    [InlineData("TSOCK0105", "Task Say(CancellationToken [|first|], CancellationToken second);", "Cancellation token 'first' of event 'Say'")]
    [InlineData("TSOCK0106", "void Say(ref int [|number|]);", "is marked 'ref'")]
    [InlineData("TSOCK0106", "void Say(out int [|number|]);", "is marked 'out'")]
    [InlineData("TSOCK0106", "void Say(in int [|number|]);", "is marked 'in'")]
    [InlineData("TSOCK0106", "void Say(ref readonly int [|number|]);", "is marked 'in'")]
    [InlineData("TSOCK0107", "void Say(); [Event(\"Say\")] void [|Tell|]();", "'IServer.Say' and 'IServer.Tell' both have the wire name 'Say'")]
    [InlineData("TSOCK0108", "[[|Event(\"\")|]] void Say();", "Wire name '' of event 'IServer.Say' is empty")]
    [InlineData("TSOCK0108", "[[|Event(\"connect\")|]] void Say();", "is one of Socket.IO's own events")]
    [InlineData("TSOCK0108", "[[|Event(\"a\\n\")|]] void Say();", "contains a control character")]
    [InlineData("TSOCK0108", "void [|disconnect|]();", "is one of Socket.IO's own events")]
    [InlineData("TSOCK0130", "[[|Fault<int>|]] void Say();", "Fault 'int' of event 'Say' has nobody to tell")]
    [InlineData("TSOCK0130", "[Fault<int>(\"a\"), [|Fault<string>(\"a\")|]] Task Say();", "Fault 'string' of event 'Say' has the name of 'int'")]
    [InlineData("TSOCK0130", "[Fault<int>, [|Fault<int>(\"other\")|]] Task Say();", "is declared twice")]
    [InlineData("TSOCK0130", "[[|Fault<int>(\"\")|]] Task Say();", "has no name")]
    [InlineData("TSOCK0130", "[[|Fault<int[]>|]] Task Say();", "has no name")]
    [InlineData("TSOCK0130", "[[|Fault<int>(\"a\\n\")|]] Task Say();", "a name that contains a control character")]
    [InlineData("TSOCK0201", "[[|Fault<Action>|]] Task Say();", "Say.[Fault]: type 'System.Action' cannot be serialized")]
    [InlineData("TSOCK0131", "[[|Event(TimeoutSeconds = 0)|]] Task Say();", "Event 'Say' waits 0 s for its answer; that must be positive and at most 2147483 s")]
    [InlineData("TSOCK0131", "[[|Event(TimeoutSeconds = -0.5)|]] Task Say();", "waits -0.5 s")]
    [InlineData("TSOCK0131", "[[|Event(TimeoutSeconds = 3e6)|]] Task Say();", "waits 3000000 s")]
    [InlineData("TSOCK0131", "[[|Event(TimeoutSeconds = double.NaN)|]] Task Say();", "waits NaN s")]
    [InlineData("TSOCK0131", "[[|Event(TimeoutSeconds = 5)|]] void Say();", "Event 'Say' is one-way")]
    [InlineData("TSOCK0132", "[[|Event(Concurrency = Concurrency.Keyed)|]] Task Say(int id);", "is Keyed and has 0 parameters marked [ConcurrencyKey]")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Keyed)] Task Say([ConcurrencyKey] int [|a|], [ConcurrencyKey] int b);", "is Keyed and has 2 parameters")]
    [InlineData("TSOCK0132", "Task Say([ConcurrencyKey] int [|id|]);", "has the key 'id' and is not Keyed")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Concurrent)] Task Say([ConcurrencyKey] int [|id|]);", "has the key 'id' and is not Keyed")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Keyed)] Task Say([ConcurrencyKey] string? [|id|]);", "has the key 'id' of type 'string?'")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Keyed)] Task Say([ConcurrencyKey] double [|id|]);", "has the key 'id' of type 'double'")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Keyed)] Task Say([ConcurrencyKey] int[] [|id|]);", "has the key 'id' of type 'int[]'")]
    [InlineData("TSOCK0132", "[Event(Concurrency = Concurrency.Keyed)] Task Say(int id, [ConcurrencyKey] CancellationToken [|token|]);", "has the key 'token' of type")]
    [InlineData("TSOCK0132", "[[|Event(Concurrency = Concurrency.Concurrent)|]] void Say();", "Event 'Say' is one-way")]
    [InlineData("TSOCK0120", "[[|Event(Delivery = Delivery.Latest)|]] Task Say();", "Event 'Say' has Delivery.Latest, and its caller waits for it;")]
    [InlineData("TSOCK0120", "[[|Event(\"say\", Delivery = Delivery.Droppable)|]] ValueTask<int> Say();", "Event 'Say' has Delivery.Droppable,")]
    [InlineData("TSOCK0121", "void Say([ConflationKey] int [|number|]);", "Parameter 'number' of event 'Say' is marked [ConflationKey],")]
    [InlineData("TSOCK0121", "[Event(Delivery = Delivery.Droppable)] void Say([ConflationKey] int [|number|]);", "by which only events with Delivery.Latest are compared;")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] double [|number|]);", "two values of 'double' that are equal may differ as bytes;")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] decimal? [|number|]);", "two values of 'decimal?'")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] DateTimeOffset [|at|]);", "two values of 'System.DateTimeOffset'")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] int[] [|numbers|]);", "two values of 'int[]'")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] byte[] [|bytes|]);", "two values of 'byte[]'")]
    [InlineData("TSOCK0122", "[Event(Delivery = Delivery.Latest)] void Say([ConflationKey] CancellationToken [|token|]);", "Parameter 'token' of event 'Say' cannot be a conflation key")]
    public Task Event_ThatCannotWork_IsReported(string id, string member, string message) => Reports(id, InServer(member), message);

    [Fact]
    public Task WireName_LongerThanTheLimit_IsReported() =>
        Reports("TSOCK0108", InServer($"[[|Event(\"{new string('a', 129)}\")|]] void Say();"), "has 129 characters; the limit is 128");

    [Theory]
    [InlineData("object", "declare the type that travels")]
    [InlineData("dynamic", "declare the type that travels")]
    [InlineData("IDisposable", "'System.IDisposable' cannot be serialized: the reader would not know which type to create for an interface")]
    [InlineData("Shape", "'Shape' cannot be serialized: the reader would not know which type to create for an abstract class")]
    [InlineData("Action", "code does not travel")]
    [InlineData("IntPtr", "an address means nothing in another process")]
    [InlineData("int[,,,,]", "arrays of more than four dimensions are not supported; use an array of arrays")]
    [InlineData("TimeZoneInfo", "it is not one of the types of the base library that travel")]
    [InlineData("Numbers", "'Numbers' cannot be serialized: it derives from 'System.Collections.Generic.List<int>'")]
    [InlineData("OwnList", "it is a collection of its own")]
    [InlineData("Dictionary<Point, int>", "the key of a dictionary is a string")]
    [InlineData("Dictionary<byte[], int>", "the key of a dictionary is a string")]
    [InlineData("Dictionary<ReadOnlyMemory<byte>, int>", "the key of a dictionary is a string")]
    [InlineData("Dictionary<string?, int>", "the key of a dictionary is a string")]
    [InlineData("Dictionary<int?, int>", "the key of a dictionary is a string")]
    [InlineData("Endless<int>", "contains itself with ever larger type arguments")]
    public Task Payload_ThatDoesNotTravel_IsReported(string type, string message) => Reports("TSOCK0201", InServer($"void Say({type} [|it|]);"), "Say.it", message);

    [Theory]
    [InlineData("Span<byte>")]
    [InlineData("ReadOnlySpan<char>")]
    public Task RefStruct_IsReported(string type) => Reports("TSOCK0201", InServer($"void Say({type} [|it|]);"), "a ref struct cannot outlive the call that reads it");

    [Fact]
    public Task Pointer_IsReported() => Reports("TSOCK0201", InServer("unsafe void Say(int* [|it|]);"), "an address means nothing in another process");

    [Fact]
    public Task Payload_DeepInATypesMembers_IsReportedWithThePathToIt() => Reports(
        "TSOCK0201",
        InServer("void Say(Line [|line|]);") + """
            public sealed record Line(string Text, IReadOnlyList<Person> Readers);
            public sealed record Person(System.Net.Sockets.Socket Socket);
            """,
        "Say.line.Readers[].Socket: type 'System.Net.Sockets.Socket' cannot be serialized: it is not one of the types of the base library that travel");

    [Fact]
    public Task Result_ThatDoesNotTravel_IsReportedAtTheMethod() =>
        Reports("TSOCK0201", InServer("Task<Dictionary<string, object>> [|Find|]();"), "Find()[]: type 'object' cannot be serialized");

    [Theory]
    [InlineData("public sealed class It { private It() { } public int Number { get; set; } }")]
    [InlineData("public sealed class It(string other) { public int Number { get; set; } = other.Length; }")]
    [InlineData("public sealed class It(long number) { public int Number { get; } = (int)number; }")]
    public Task Type_WithoutAUsableConstructor_IsReported(string type) => Reports("TSOCK0202", InServer("void Say(It [|it|]);") + type, "Say.it: type 'It' cannot be read");

    [Theory]
    [InlineData("TSOCK0203", "[MessagePackObject] public sealed class It { [Key(0)] public int A; public int [|B|] => A; }", "'It.B' needs [Key], or [IgnoreMember]")]
    [InlineData("TSOCK0203", "[MessagePackObject] public sealed record It(int [|A|]);", "'It' is marked [MessagePackObject]")]
    [InlineData("TSOCK0204", "[MessagePackObject] public sealed class It { [Key(0)] public int A; [Key(0)] public int [|B|]; }", "Members 'A' and 'B' of 'It' both have the key '0'")]
    [InlineData("TSOCK0204", "[MessagePackObject] public sealed class It { [Key(\"a\")] public int A; [Key(\"a\")] public int [|B|]; }", "both have the key 'a'")]
    [InlineData("TSOCK0204", "[MessagePackObject(true)] public sealed class It { public int A; [Key(\"A\")] public int [|B|]; }", "both have the key 'A'")]
    [InlineData("TSOCK0205", "[MessagePackObject] public sealed class It { [Key(0)] public int A; [Key(\"b\")] public int [|B|]; }", "a number as the key of 'A' and a name as the key of 'B'")]
    [InlineData("TSOCK0206", "[Union(0, typeof(A)), [|Union(0, typeof(B))|]] public interface It; public sealed class A : It; public sealed class B : It;", "Union 'It' has the key 0 twice")]
    [InlineData("TSOCK0206", "[Union(0, typeof(A)), [|Union(1, typeof(A))|]] public interface It; public sealed class A : It;", "Union 'It' has 'A' twice")]
    [InlineData("TSOCK0206", "[[|Union(0, typeof(A))|]] public interface It; public sealed class A;", "has 'A', which does not derive from it")]
    [InlineData("TSOCK0206", "[[|Union(0, typeof(A))|]] public interface It; public abstract class A : It;", "has 'A', of which no object can be created")]
    [InlineData("TSOCK0206", "[[|MessagePack.Union(0, typeof(A))|]] public interface It; public interface A : It;", "has 'A', of which no object can be created")]
    [InlineData("TSOCK0206", "[[|JsonDerivedType(typeof(A))|]] public interface It; public sealed class A : It;", "has 'A' without a type discriminator")]
    [InlineData("TSOCK0206", "[JsonDerivedType(typeof(A), 1), [|JsonDerivedType(typeof(B), \"b\")|]] public interface It; public sealed class A : It; public sealed class B : It;", "has numbers and strings as type discriminators")]
    [InlineData("TSOCK0206", "[JsonDerivedType(typeof(A), \"a\"), [|JsonDerivedType(typeof(B), \"a\")|]] public interface It; public sealed class A : It; public sealed class B : It;", "has the key \"a\" twice")]
    [InlineData("TSOCK0207", "[[|PayloadFormatter(typeof(string))|]] public sealed class It;", "'string' cannot format 'It': it is not a struct")]
    [InlineData("TSOCK0207", "[[|PayloadFormatter(typeof(int))|]] public sealed class It;", "'int' cannot format 'It': it does not implement IPayloadCodec<It>")]
    [InlineData("TSOCK0207", "[[|PayloadFormatter(typeof(List<>.Enumerator))|]] public sealed class It;", "cannot format 'It': it is not a struct that can be named")]
    [InlineData("TSOCK0207", "public sealed record It([property: [|PayloadFormatter(typeof(int))|]] string Text);", "'int' cannot format 'string'")]
    [InlineData("TSOCK0208", "public sealed record It([[|Interned|]] int Number);", "Say.it.Number: [Interned] is for a string, and this is 'int'")]
    [InlineData("TSOCK0209", "public sealed record It([property: [|JsonPropertyName(\"a\\n\")|]] int Number);", "The name of 'It.Number' has a quotation mark, a backslash or a control character")]
    [InlineData("TSOCK0209", "[MessagePackObject] public sealed record It([property: [|Key(\"\\ud800\")|]] int Number);", "has half of a surrogate pair")]
    [InlineData("TSOCK0210", "public sealed record It(int Number, int [|number|]);", "Members 'Number' and 'number' of 'It' both have the JSON name 'number'")]
    [InlineData("TSOCK0211", "[MessagePackObject] public sealed record It([property: Key(-1)] int [|Number|]);", "'It.Number' has the key -1; keys are from 0 to 999")]
    [InlineData("TSOCK0202", "public sealed class It { public It() { } [JsonConstructor] public It(TimeProvider clock) { } }", "Say.it: type 'It' cannot be read")]
    [InlineData("TSOCK0201", "[[|Union(0, typeof(A))|]] public interface It; [PayloadFormatter] public sealed class A : It;", "only objects can be told apart in a union")]
    public Task PayloadType_ThatContradictsItself_IsReported(string id, string type, string message)
    {
        var usings = "using MessagePack;\nusing System.Text.Json.Serialization;\nusing UnionAttribute = TypedSockets.UnionAttribute;\n";
        var marked = type.Contains("[|", StringComparison.Ordinal);
        return Reports(id, usings + InServer(marked ? "void Say(It it);" : "void Say(It [|it|]);") + type, message);
    }

    [Theory]
    [InlineData("TSOCK0002", "[EventContract] public partial interface [|IServer|] : IServerEvents<IOther, IClient> { }")]
    [InlineData("TSOCK0003", "[EventContract] public partial interface [|IServer|]<T> : IServerEvents<IServer<T>, IClient> { }")]
    [InlineData("TSOCK0003", "public partial class Outer<T> { [EventContract] public partial interface [|IServer|] : IServerEvents<Outer<T>.IServer, IClient> { } }")]
    [InlineData("TSOCK0001", "public class [|Outer|] { [EventContract] public partial interface IServer : IServerEvents<Outer.IServer, IClient> { } }")]
    [InlineData("TSOCK0004", "[EventContract] file partial interface [|IServer|] : IServerEvents<IServer, IClient> { }")]
    [InlineData("TSOCK0004", "public partial class Outer { [EventContract] protected partial interface [|IServer|] : IServerEvents<IServer, IClient> { } }")]
    [InlineData("TSOCK0005", "[EventContract([|\"\"|])] public partial interface IServer : IServerEvents<IServer, IClient> { }")]
    [InlineData("TSOCK0005", "[EventContract([|\"/a,b\"|])] public partial interface IServer : IServerEvents<IServer, IClient> { }")]
    [InlineData("TSOCK0005", "[EventContract([|\"/a b\"|])] public partial interface IServer : IServerEvents<IServer, IClient> { }")]
    [InlineData("TSOCK0006", "public partial interface [|IServer|] : IServerEvents<IServer, IClient> { }")]
    public Task Declaration_ThatCannotWork_IsReported(string id, string declaration) => Reports(id, declaration + """

        [EventContract] public partial interface IOther : IServerEvents<IOther, IClient> { }
        public interface IClient : IClientEvents { }
        """);

    [Theory]
    [InlineData("Auth = [|typeof(object)|]", "IServer.Auth: type 'object' cannot be serialized")]
    [InlineData("Auth = [|typeof(Point)|]", "it is said or not said, so it is a class")]
    [InlineData("Auth = [|typeof(string)|]", "an auth payload travels as an object")]
    [InlineData("Auth = [|typeof(int[])|]", "an auth payload travels as an object")]
    [InlineData("Auth = typeof(Ticket), Refusal = [|typeof(object)|]", "IServer.Refusal: type 'object' cannot be serialized")]
    [InlineData("Auth = typeof(Ticket), Refusal = [|typeof(Point)|]", "it is said or not said, so it is a class")]
    [InlineData("Refusal = [|typeof(Ticket)|]", "nobody is refused where no Auth says who connects")]
    public Task Authentication_ThatCannotBeSaid_IsReported(string arguments, string message) => Reports(
        "TSOCK0201",
        $$"""
        [EventContract("/a", {{arguments}})] public partial interface IServer : IServerEvents<IServer, IClient> { }
        public interface IClient : IClientEvents { }
        public sealed record Ticket(string Name);
        public readonly record struct Point(int X, int Y);
        """,
        message);

    [Fact]
    public Task ClientEvents_AreCheckedAsWell() => Reports(
        "TSOCK0103",
        """
        [EventContract] public partial interface IServer : IServerEvents<IServer, IClient> { }
        public interface IClient : IClientEvents { int [|Count|](); }
        """);

    [Fact]
    public async Task WhatAnotherAssemblyDeclares_IsReportedAtTheContract()
    {
        var shared = TestCompiler.Compile("public interface IShared { int Count(); void Say(object it); }");
        var compilation = TestCompiler.Compile("[EventContract] public partial interface IServer : IServerEvents<IServer, IClient>, IShared; public interface IClient : IClientEvents;")
            .AddReferences(shared.ToMetadataReference());

        var diagnostics = await TestCompiler.Analyze(compilation);

        Assert.Equal(["TSOCK0103", "TSOCK0201"], diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        Assert.All(diagnostics, diagnostic => Assert.Equal("[EventContract] public partial interface ".Length, diagnostic.Location.SourceSpan.Start));
    }

    [Fact]
    public async Task TypesThatDoNotExist_AreLeftToTheCompiler()
    {
        var compilation = TestCompiler.Compile(InServer("void Say(Missing it, List<Missing> them); Missing Find(); Task<Missing> FindLater();"));

        Assert.Empty(await TestCompiler.Analyze(compilation));
        Assert.Empty(TestCompiler.Generate(compilation).Files);
    }

    [Fact]
    public async Task OneInvalidContract_DoesNotKeepOthersFromBeingGenerated()
    {
        var compilation = TestCompiler.Compile(Sources.Game, InServer("int Count();"));

        Assert.Equal("Game.IGameServer.g.cs", Assert.Single(TestCompiler.Generate(compilation).Files).Key);
        Assert.Single(await TestCompiler.Analyze(compilation));
    }

    private static string InServer(string member) => $$"""
        [EventContract]
        public partial interface IServer : IServerEvents<IServer, IClient>
        {
            {{member}}
        }

        public interface IClient : IClientEvents { }

        public abstract record Shape;
        public readonly record struct Point(int X, int Y);
        public sealed class Numbers : List<int>;
        public sealed class OwnList : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed record Endless<T>(Endless<List<T>>? Next);

        """;

    /// <summary>Checks that one thing is reported, under the token between <c>[|</c> and <c>|]</c>, and that nothing is generated.</summary>
    private static async Task Reports(string id, string markup, params string[] messageParts)
    {
        var start = markup.IndexOf("[|", StringComparison.Ordinal);
        var end = markup.IndexOf("|]", StringComparison.Ordinal);
        var token = markup[(start + 2)..end];
        var compilation = TestCompiler.Compile(markup.Remove(end, 2).Remove(start, 2));

        var diagnostic = Assert.Single(await TestCompiler.Analyze(compilation));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal((start, token), (diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceTree!.ToString().Substring(start, diagnostic.Location.SourceSpan.Length)));
        Assert.All(messageParts, part => Assert.Contains(part, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.DoesNotContain(TestCompiler.Generate(compilation).Files.Keys, name => name.Contains("IServer", StringComparison.Ordinal));
    }
}

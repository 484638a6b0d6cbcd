using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Contracts;

/// <summary>Fingerprints are compared between builds that may be years apart: what changes them is a decision, never an accident.</summary>
public sealed partial class FingerprintTests
{
    private static readonly string s_original = ContractFingerprint(Sources.Chat);

    [Fact]
    public void Fingerprint_OfAContract_NeverChanges() => Assert.Equal("6da0fcf83d4f565c", s_original);

    [Theory]
    [InlineData("a parameter is renamed", "string text", "string message")]
    [InlineData("a member is renamed", "string Who", "string Author")]
    [InlineData("a type is renamed", "Line", "Message")]
    [InlineData("a default value is added", "void Typing(string room)", "void Typing(string room = \"lobby\")")]
    [InlineData("a task is awaited in another way", "ValueTask Leave", "Task Leave")]
    [InlineData("a list is of another C# type", "IReadOnlyList<Line>", "Line[]")]
    [InlineData("a token is added", "Leave(string room)", "Leave(string room, CancellationToken cancellationToken)")]
    [InlineData("a timeout is set", "ValueTask Leave", "[Event(TimeoutSeconds = 5)] ValueTask Leave")]
    [InlineData("handlers may run beside each other", "ValueTask Leave(string room)", "[Event(Concurrency = Concurrency.Keyed)] ValueTask Leave([ConcurrencyKey] string room)")]
    [InlineData("a method is renamed, but not on the wire", "void Say(", "[Event(\"Say\")] void Tell(")]
    public void Change_ThatIsNotSeenOnTheWire_KeepsTheFingerprint(string why, string from, string to)
    {
        Assert.NotEmpty(why);
        Assert.Equal(s_original, ContractFingerprint(Sources.Chat.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("an event is renamed", "void Say(", "void Tell(")]
    [InlineData("a parameter is added", "string text)", "string text, int times)")]
    [InlineData("a parameter becomes nullable", "string text)", "string? text)")]
    [InlineData("a member is of another type", "long Id", "int Id")]
    [InlineData("members change places", "long Id, string Room", "string Room, long Id")]
    [InlineData("an acknowledgement is added", "void Typing(string room)", "ValueTask Typing(string room)")]
    [InlineData("a fault is added", "ValueTask Leave", "[Fault<Line>] ValueTask Leave")]
    [InlineData("a reply is added", "ValueTask Leave", "ValueTask<int> Leave")]
    public void Change_ThatIsSeenOnTheWire_ChangesTheFingerprint(string why, string from, string to)
    {
        Assert.NotEmpty(why);
        Assert.NotEqual(s_original, ContractFingerprint(Sources.Chat.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("void Say(string text, int? times)", "server Say(String,Int32?)")]
    [InlineData("[Fault<string>(\"b\"), Fault<Text>] Task<int> Say()", "server Say()->Int32~Text:Int16~b:String")]
    [InlineData("[Fault<Named>] Task Say()", "server Say()->!~Named:(a=Int32,b=String)")]
    [InlineData("ValueTask Say(byte[] bytes, CancellationToken token)", "server Say(Binary)->!")]
    [InlineData("Task<Kind[]?> Say()", "server Say()->[Byte]?")]
    [InlineData("[Event(\"say it\")] void Say((string, decimal) pair)", "server say it((String,Decimal))")]
    [InlineData("void Say(Half a, Uri b, Version? c, System.Numerics.BigInteger d)", "server Say(Half,Uri,Version?,BigInteger)")]
    [InlineData("void Say(Int128 a, UInt128 b, System.Text.Rune c, System.Numerics.Complex d)", "server Say(Int128,UInt128,Rune,Complex)")]
    [InlineData("void Say(ArraySegment<byte> a, System.Buffers.ReadOnlySequence<byte> b)", "server Say(Binary,Binary)")]
    [InlineData("IAsyncEnumerable<Kind[]> Say(int a)", "server Say(Int32)->*[Byte]")]
    [InlineData("Task<int?> Say(string a, IAsyncEnumerable<int> b, IAsyncEnumerable<string?> c, CancellationToken d)", "server Say(String,*Int32,*String?)->Int32?")]
    [InlineData("IAsyncEnumerable<Node> Say(IAsyncEnumerable<Node> a)", "server Say(*(^1?,{String:[^1]},(^2)?))->*(^1?,{String:[^1]},(^2)?)")]
    [InlineData("void Say(int[,] a, HashSet<string[,,]> b)", "server Say([,Int32],[[,,String]])")]
    [InlineData("void Say(Tuple<int, string?> a, Text b)", "server Say((Int32,String?),Int16)")]
    [InlineData("void Say(Keyed a, Named b)", "server Say((,Int32,,String),(a=Int32,b=String))")]
    [InlineData("void Say(Shape a)", "server Say(<1:(String)|7:(<1:(String)|7:^1>)>)")]
    [InlineData("void Say(Formatted a, [Interned] string b)", "server Say(Custom,String)")]
    [InlineData("void Say(Node node)", "server Say((^1?,{String:[^1]},(^2)?))")]
    public void Fingerprint_OfAnEvent_IsTheHashOfItsShape(string method, string shape)
    {
        // docs/protocol/ts1.md, "Fingerprints".
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)))[..16];

        var text = Generate($$"""
            [EventContract] public partial interface IServer : IServerEvents<IServer, IClient> { {{method}}; }
            public interface IClient : IClientEvents;
            public enum Kind : byte { First }
            public sealed record Node(Node? Next, IReadOnlyDictionary<string, Node[]> Others, Inner? Inner);
            public sealed record Inner(Node Owner);
            [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter))] public enum Text : short { First }
            [MessagePack.MessagePackObject] public sealed record Keyed([property: MessagePack.Key(3)] string B, [property: MessagePack.Key(1)] int A);
            [MessagePack.MessagePackObject] public sealed record Named([property: MessagePack.Key("b")] string B, [property: MessagePack.Key("a")] int A);
            [Union(7, typeof(Wrapper)), Union(1, typeof(Leaf))] public abstract record Shape;
            public sealed record Leaf(string Name) : Shape;
            public sealed record Wrapper(Shape Inner) : Shape;
            [PayloadFormatter] public sealed class Formatted;
            """);

        Assert.Contains($", 0x{expected}UL)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void EventInTheOtherDirection_HasAnotherFingerprint()
    {
        var text = Generate("""
            [EventContract] public partial interface IServer : IServerEvents<IServer, IClient> { void Ping(int number); }
            public interface IClient : IClientEvents { void Ping(int number); }
            """);

        var fingerprints = Fingerprints().Matches(text).Select(match => match.Value).ToList();
        Assert.Equal(3, fingerprints.Distinct().Count());
    }

    private static string ContractFingerprint(string source) => Fingerprints().Match(Generate(source)).Groups[1].Value;

    private static string Generate(string source) => Assert.Single(TestCompiler.Generate(TestCompiler.Compile(source)).Files).Value;

    [GeneratedRegex("0x([0-9a-f]{16})UL")]
    private static partial Regex Fingerprints();
}

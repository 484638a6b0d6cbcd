using System.Collections.Immutable;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Contracts;

public sealed class ContractGeneratorTests
{
    [Fact]
    public void Chat_GeneratesOneFile_AsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate(Sources.Chat));

        Snapshot.Verify($"ContractGeneratorTests.Chat#{name}", text);
    }

    [Fact]
    public void Authentication_IsAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            namespace Club;

            [EventContract("/club", Auth = typeof(Member), Refusal = typeof(Refusal))]
            public partial interface IClub : IServerEvents<IClub, IClubClient>;

            public interface IClubClient : IClientEvents;

            public sealed record Member(string Name, string? Token = null);

            public sealed record Refusal(int Code);
            """));

        Snapshot.Verify($"ContractGeneratorTests.Authentication#{name}", text);
    }

    [Fact]
    public void Streams_AreAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            namespace Files;

            [EventContract("/files")]
            public partial interface IFileServer : IServerEvents<IFileServer, IFileClient>
            {
                IAsyncEnumerable<Entry> List(string folder, int? take = null, CancellationToken cancellationToken = default);
                ValueTask<long> Upload(string name, IAsyncEnumerable<byte[]> chunks);
                Task Watch(IAsyncEnumerable<string?> names, CancellationToken call);
                IAsyncEnumerable<int> Merge(IAsyncEnumerable<int> left, int step, IAsyncEnumerable<int> @class);
            }

            public interface IFileClient : IClientEvents
            {
                IAsyncEnumerable<Entry> Local();
            }

            public sealed record Entry(string Name, long Size);
            """));

        Snapshot.Verify($"ContractGeneratorTests.Streams#{name}", text);
    }

    [Fact]
    public void Options_OfEvents_AreAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            namespace Rooms;

            [EventContract("/rooms")]
            public partial interface IRooms : IServerEvents<IRooms, IRoomsClient>
            {
                [Fault<RoomFull>("Full"), Fault<NotAMember>]
                [Event("enter", TimeoutSeconds = 2.5)]
                ValueTask<int> Enter(string room);

                [Event(Concurrency = Concurrency.Concurrent)]
                Task Render(int id);

                [Event(Concurrency = Concurrency.Keyed)]
                ValueTask Edit(int[] change, [ConcurrencyKey] string document = "main", CancellationToken cancellationToken = default);

                [Event(Concurrency = Concurrency.Keyed)]
                ValueTask Paint([ConcurrencyKey] Color key, int left);
            }

            public interface IRoomsClient : IClientEvents
            {
                [Fault<Color>]
                ValueTask Confirm();
            }

            public sealed record NotAMember(string Room);

            public readonly record struct RoomFull(int Limit);

            public enum Color { Red, Green }
            """));

        Snapshot.Verify($"ContractGeneratorTests.Options#{name}", text);
    }

    [Fact]
    public void Deliveries_AreAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            namespace Map;

            [EventContract("/map")]
            public partial interface IMap : IServerEvents<IMap, IMapClient>
            {
                [Event(Delivery = Delivery.Latest)] void Move([ConflationKey] Guid? unit, double x, [ConflationKey] Layer writer);
                [Event("sample", Delivery = Delivery.Droppable)] void Sample(double value, CancellationToken cancellationToken);
                [Event(Delivery = Delivery.Reliable)] void Say(string text);
            }

            public interface IMapClient : IClientEvents
            {
                [Event(Delivery = Delivery.Latest)] void Changed();
                [Event(Delivery = Delivery.Latest)] void Score(int points);
                [Event(Delivery = Delivery.Droppable)] void Tick();
            }

            public enum Layer { Ground, Air }
            """));

        Snapshot.Verify($"ContractGeneratorTests.Deliveries#{name}", text);
    }

    [Fact]
    public void Payloads_OfEveryKind_AreAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            namespace Shop;

            [EventContract("/shop")]
            public partial interface IShop : IServerEvents<IShop, IShopClient>
            {
                Task<Order?> Find(Guid id, Status? status = Status.Paid);
                Task Empty();
                void Save(IReadOnlyDictionary<string, List<Order>> orders, IEnumerable<byte[]>? images = null, params_ options = default);
            }

            public interface IShopClient : IClientEvents;

            public enum Status : byte { Open, Paid }

            public record struct params_(int @class, (string Name, decimal? Price)? pair);

            public class Order
            {
                public required string Name { get; init; }
                public Order? Replaces { get; set; }
                public IList<string?> Notes { get; set; } = [];
                public string Label => Name;
            }
            """));

        Snapshot.Verify($"ContractGeneratorTests.Payloads#{name}", text);
    }

    [Fact]
    public void Payloads_ThatSayHowTheyTravel_AreAsInTheSnapshot()
    {
        var (name, text) = Assert.Single(Generate("""
            using System.Text.Json.Serialization;
            using MessagePack;
            using UnionAttribute = TypedSockets.UnionAttribute;

            namespace Zoo;

            [EventContract("/zoo")]
            public partial interface IZoo : IServerEvents<IZoo, IZooClient>
            {
                void Feed(Animal animal, [Interned] string keeper);
                Task<int[,]> Map(Keys keys, Stack<Food> food, SortedList<Food, Named> byFood);
            }

            public interface IZooClient : IClientEvents;

            [Union(0, typeof(Cat)), Union(2, typeof(Lion))]
            public abstract record Animal(string Name);

            public record Cat(string Name) : Animal(Name);

            public sealed record Lion(string Name, Animal? Prey) : Cat(Name);

            [MessagePackObject]
            public sealed class Keys
            {
                [JsonConstructor]
                private Keys(int cage) => Cage = cage;

                [Key(3)] public int Cage { get; }
                [Key(0)] public string? Label { get; private set; }
                [Key(1), JsonIgnore] public bool IsOpen { get; init; }
                [Key(4)] public int Double => Cage * 2;
            }

            [MessagePackObject]
            public readonly record struct Named([property: Key("n"), JsonPropertyName("name")] string Name);

            [JsonConverter(typeof(JsonStringEnumConverter))]
            public enum Food { Hay, Meat }
            """));

        Snapshot.Verify($"ContractGeneratorTests.Attributes#{name}", text);
    }

    [Theory]
    [InlineData("[EventContract] public partial interface IServer : IServerEvents<IServer, IClient> { void A(); }", "IServer.g.cs")]
    [InlineData("namespace @class.@event { [EventContract] partial interface @interface : IServerEvents<@interface, IClient> { void @void(int @int); } }", "class.event.interface.g.cs")]
    [InlineData("static partial class A { internal partial record B { [EventContract] internal partial interface I : IServerEvents<I, IClient> { } } }", "A.B.I.g.cs")]
    [InlineData("partial record struct A { internal partial struct B { [EventContract] internal partial interface I : IServerEvents<I, IClient> { } } }", "A.B.I.g.cs")]
    [InlineData("partial interface A { [EventContract] internal partial interface I : IServerEvents<I, IClient> { } }", "A.I.g.cs")]
    [InlineData("[EventContract] partial interface I : IServerEvents<I, IGeneric<int, string?>> { }", "I.g.cs")]
    [InlineData("[EventContract] partial interface I : IServerEvents<I, IClient> { [Obsolete] void A(Old old); } [Obsolete] sealed record Old(int X);", "I.g.cs")]
    [InlineData("[EventContract] partial interface I : IServerEvents<I, IClient>; namespace Chat { namespace TypedSockets { class Events; } }", "I.g.cs")]
    public void Contract_WhereverItStands_CompilesWithoutAWarning(string contract, string file)
    {
        var files = Generate(contract + """

            public interface IClient : IClientEvents { void Said(string text); }
            public interface IGeneric<T, U> : IClientEvents { void Said(T first, List<U> second); }
            """);

        Assert.Equal([file], files.Keys);
    }

    [Theory]
    [InlineData("sealed class It(string? text) { public string Text { get; } = text ?? \"\"; }")]
    [InlineData("sealed class It { public It() { } public It(string text) => Text = text; public string? Text { get; set; } }")]
    [InlineData("sealed class It { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public It(string text) => Text = text; public required string Text { get; init; } }")]
    [InlineData("sealed class It { public It(string text) => Text = text; public required string Text { get; init; } }")]
    [InlineData("sealed class It(List<string?> texts) { public List<string?> Texts { get; } = texts; }")]
    [InlineData("class Base { public virtual int A { get; set; } public int B { get; set; } } sealed class It : Base { public override int A { get; set; } public new int B { get; set; } }")]
    [InlineData("sealed class It { public int A { get; private set; } internal int B { get; set; } public static int C { get; set; } public int this[int i] { get => i; set { } } }")]
    [InlineData("sealed record It<T>(T Value) where T : notnull; sealed record Use(It<It<int[]?[]>> Nested);")]
    [InlineData("struct It { public required int A; public readonly int B => A; public (int X, string? Y, It[]? Z) C; }")]
    [InlineData("sealed record It((int A, int B, int C, int D, int E, int F, int G, int H, string? I) Long);")]
    [InlineData("sealed class It { private It() => A = \"\"; [System.Text.Json.Serialization.JsonConstructor] private It(string a) => A = a; public string A { get; } public required int B { get; init; } public int C; public int @class { get; set; } }")]
    [InlineData("struct It { public int A { get; private set; } public int? B { get; private init; } }")]
    [InlineData("sealed record It<T>(T Value) { public int Kept { get; private set; } } sealed record Use(It<int> Box);")]
    [InlineData("sealed record It(int A, [property: System.Text.Json.Serialization.JsonIgnore] string B, [property: MessagePack.IgnoreMember] int C = 5);")]
    [InlineData("[MessagePack.MessagePackObject] struct It { [MessagePack.Key(5)] public int A; [MessagePack.Key(0)] public string? B { get; set; } [MessagePack.Key(2)] public int C => A; }")]
    [InlineData("[MessagePack.MessagePackObject(true)] sealed class It { public int A { get; set; } public string b = \"\"; [MessagePack.Key(\"x \\\"\")] [MessagePack.IgnoreMember] public int C => A; }")]
    [InlineData("[MessagePack.MessagePackObject] sealed class It { }")]
    [InlineData("[Union(0, typeof(A)), Union(1, typeof(B))] interface It; sealed record A(string present, int value) : It; record struct B(It? It, It[] Its) : It;")]
    [InlineData("[System.Text.Json.Serialization.JsonDerivedType(typeof(It), 0), System.Text.Json.Serialization.JsonDerivedType(typeof(A), 1)] class It { public int X { get; set; } } class A : It;")]
    [InlineData("[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Kind>))] enum Kind { None, @class = 0, Other } sealed record It(Kind A, Kind? B, Dictionary<Kind, Kind[]> C);")]
    [InlineData("[PayloadFormatter] sealed class It<T> where T : notnull; sealed record Use([property: PayloadFormatter] object Any, It<int>? Box, [PayloadFormatter] TimeZoneInfo? Zone);")]
    [InlineData("sealed record It(System.Collections.Immutable.ImmutableStack<string?> A, System.Collections.Immutable.IImmutableQueue<int[]?> B, string?[]?[,] C, int[,][]?[,,]? D, Stack<It?>[] E);")]
    [InlineData("#nullable disable\nsealed class It { public It(string a) => A = a; public string A { get; } public List<string> B { get; set; } }")]
    public void Payload_HoweverItIsDeclared_CompilesWithoutAWarning(string declaration)
    {
        var type = declaration.Contains("record Use", StringComparison.Ordinal) ? "Use" : "It";

        Assert.Single(Generate($$"""
            [EventContract]
            partial interface IServer : IServerEvents<IServer, IClient>
            {
                Task<{{type}}?> Echo({{type}} value, {{type}}? other, List<{{type}}?> more);
            }

            interface IClient : IClientEvents;

            {{declaration}}
            """));
    }

    [Fact]
    public void ContractsThatDifferInCaseOnly_GetFilesOfTheirOwn()
    {
        var files = Generate("""
            [EventContract] public partial interface IServer : IServerEvents<IServer, IClient>;
            [EventContract("/2")] public partial interface ISERVER : IServerEvents<ISERVER, IClient>;
            [EventContract("/3")] public partial interface IOther : IServerEvents<IOther, IClient>;
            public interface IClient : IClientEvents;
            """);

        Assert.Equal(3, files.Keys.Select(name => name.ToUpperInvariant()).Distinct().Count());
        Assert.Contains("IOther.g.cs", files.Keys);
    }

    [Fact]
    public void AttributeOnTwoParts_IsLeftToTheCompiler()
    {
        var (files, problems) = TestCompiler.Generate(TestCompiler.Compile("""
            [EventContract] public partial interface IServer : IServerEvents<IServer, IClient>;
            [EventContract] public partial interface IServer;
            public interface IClient : IClientEvents;
            """));

        Assert.Single(files);
        Assert.Equal("CS0579", Assert.Single(problems).Id);
    }

    [Fact]
    public void GeneratedFile_HasLineFeedsOnly_AndNoTrailingSpace()
    {
        var text = Assert.Single(Generate(Sources.Chat)).Value;

        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedFile_DoesNotDependOnTheOrderOfEvents()
    {
        var turned = Sources.Chat
            .Replace("    void Say(string room, string text);\n", "", StringComparison.Ordinal)
            .Replace("    ValueTask<Joined> Join", "    void Say(string room, string text);\n    ValueTask<Joined> Join", StringComparison.Ordinal);

        Assert.NotEqual(Sources.Chat, turned);
        Assert.Equal(Generate(Sources.Chat), Generate(turned));
    }

    private static ImmutableDictionary<string, string> Generate(string source)
    {
        var (files, problems) = TestCompiler.Generate(TestCompiler.Compile(source));
        Assert.Empty(problems);
        return files;
    }
}

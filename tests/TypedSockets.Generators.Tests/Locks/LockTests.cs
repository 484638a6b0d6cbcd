using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Locks;

/// <summary>What the analyzer says of a contract that has changed since it was accepted into contracts.lock.</summary>
public sealed class LockTests
{
    private const string Original = """
        using System.Text.Json.Serialization;

        namespace Shop;

        [EventContract("/shop")]
        public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>
        {
            [Fault<Line>] ValueTask<Order> Find(Guid id, string hint = "");
            ValueTask Cancel(Guid id, string why);
            void Look(string what, int page);
        }

        public interface IShopClient : IClientEvents
        {
            void Sold(Order order, Dictionary<string, Line> byName);
            void Drawn(Shape shape, (int X, string Label) at);
        }

        public sealed record Order(long Id, string Who, Status Status, IReadOnlyList<Line> Lines, Order? Replaces);

        public sealed record Line(string Name, int Count, decimal? Price);

        public enum Status { Open = 0, Paid = 1 }

        [Union(0, typeof(Circle))]
        [Union(1, typeof(Square))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;

        public sealed record Square(double Side) : Shape;
        """;

    private static readonly string s_lock = Lock.Of(Original);

    [Fact]
    public async Task Contract_AsItWasAccepted_IsNotMentioned() => Assert.Empty(await TestCompiler.Analyze(TestCompiler.Compile(Original), s_lock));

    [Theory]
    [InlineData("void Look(string what, int page);", "", "IShopServer", "'Look' is gone. Keep it, or, where its method was renamed, mark that [Event(\"Look\")]")]
    [InlineData("void Look(string what, int page);", "void Browse(string what, int page);", "IShopServer", "'Look' is gone")]
    [InlineData("Look(string what, int page)", "Look(string what, bool all, int page)", "all", "'Look' has the new parameter 'all' before others, which have moved. Put it at the end, with a default value")]
    [InlineData("Look(string what, int page)", "Look(int page)", "page", "'Look' has lost its parameter 'what', so those behind it have moved. Keep every parameter in its place")]
    [InlineData("Look(string what, int page)", "Look(string what)", "Look", "'Look' has lost its parameter 'page'. Keep it: its place must not be given to another parameter")]
    [InlineData("Look(string what, int page)", "Look(int page, string what)", "page", "'Look' has its parameter 'page' in another place")]
    [InlineData("Cancel(Guid id, string why)", "Cancel(Guid id, string why, string who)", "who", "'Cancel' has the new parameter 'who', which peers that do not know it cannot leave out. Give it a default value, or let it be null")]
    [InlineData("Look(string what, int page)", "Look(string what, long page)", "page", "'Look' has its parameter 'page' as 'Int64' instead of 'Int32'. Keep the type, and add another parameter at the end")]
    [InlineData("Look(string what, int page)", "Look(string? what, int page)", "what", "as 'String?' instead of 'String'")]
    [InlineData("Look(string what, int page)", "Look(string what, Status page)", null, null)]
    [InlineData("void Look(", "ValueTask Look(", "Look", "'Look' is answered by an acknowledgement instead of nothing. Declare another event for it")]
    [InlineData("ValueTask Cancel(", "ValueTask<int> Cancel(", "Cancel", "'Cancel' is answered by 'Int32' instead of an acknowledgement")]
    [InlineData("ValueTask<Order> Find(", "ValueTask<Order?> Find(", "Find", "'Find' returns 'Shop.Order?' instead of 'Shop.Order'")]
    [InlineData("ValueTask<Order> Find(", "ValueTask<Line> Find(", "Find", "'Find' returns 'Shop.Line' instead of 'Shop.Order'")]
    [InlineData("Sold(Order order, Dictionary<string, Line> byName)", "Sold(Order order, IReadOnlyList<Line> byName)", "byName", "as '[Shop.Line]' instead of '{String:Shop.Line}'")]
    [InlineData("(int X, string Label) at", "(int X, int Label) at", "at", "as '(Int32, Int32)' instead of '(Int32, String!)'")]
    [InlineData("(int X, string Label) at", "(int X, string Label, int Size) at", null, null)]
    [InlineData("(int X, string Label) at", "(int X, string Label, string Text) at", "at", "as '(Int32, String!, String!)' instead of '(Int32, String!)'")]
    [InlineData("ValueTask<Order> Find(", "IAsyncEnumerable<Order> Find(", "Find", "'Find' returns '*Shop.Order' instead of 'Shop.Order'")]
    [InlineData("Cancel(Guid id, string why)", "Cancel(Guid id, IAsyncEnumerable<string> why)", "Cancel", "'Cancel' has lost its parameter 'why'")]
    [InlineData("[Fault<Line>]", "", "Find", "'Find' has lost its fault 'Line'. Keep it: its name must not be given to another type")]
    [InlineData("[Fault<Line>]", "[Fault<Circle>(\"Line\")]", "Find", "'Find' has 'Shop.Circle' as its fault 'Line' instead of 'Shop.Line'. Give the new type a name of its own")]
    public Task Event_ThatDeployedPeersWouldMisread_IsAnError(string from, string to, string? token, string? message) => Reports("TSOCK0008", DiagnosticSeverity.Error, from, to, token, message);

    [Theory]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, decimal? Price)", "Price", "'Shop.Line' has lost its member 'Count', so those behind it have moved")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, int Count)", "Line", "'Shop.Line' has lost its member 'Price'. Keep it")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(int Count, string Name, decimal? Price)", "Count", "'Shop.Line' has its member 'Count' in another place")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, bool IsNew, int Count, decimal? Price)", "IsNew", "'Shop.Line' has the new member 'IsNew' before others")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, short Count, decimal? Price)", "Count", "has its member 'Count' as 'Int16' instead of 'Int32'")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, int Count, decimal Price)", "Price", "has its member 'Price' as 'Decimal' instead of 'Decimal?'")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, int Count, decimal? Price, string Unit)", "Unit", "has the new member 'Unit', which peers that do not know it cannot leave out")]
    [InlineData("Line(string Name, int Count, decimal? Price)", "Line(string Name, Guid Code, decimal? Price)", "Code", "has its member 'Code' of 'Guid' in place of 'Count' of 'Int32'")]
    [InlineData("Line(string Name,", "Line([property: JsonIgnore] string Name,", "Count", "'Shop.Line' has lost its member 'Name', so those behind it have moved")]
    [InlineData("enum Status {", "enum Status : byte {", "Status", "'Shop.Status' is an enum of 'Byte' instead of 'Int32'. Keep its underlying type")]
    [InlineData("Open = 0, Paid = 1", "Draft = 0, Open = 1, Paid = 2", "Open", "'Shop.Status' has 'Open' as 1 instead of 0. Keep its number: Open = 0", true)]
    [InlineData("[Union(1, typeof(Square))]", "", "Shape", "'Shop.Shape' has lost the key 1 of 'Shop.Square'. Keep it: the key must not be given to another type")]
    [InlineData("[Union(1, typeof(Square))]", "[Union(1, typeof(Text))]", "Shape", "'Shop.Shape' has the key 1 for 'Shop.Text' instead of 'Shop.Square'. Give the new type a key of its own")]
    [InlineData("Order? Replaces", "Line? Replaces", "Replaces", "has its member 'Replaces' as 'Shop.Line?' instead of 'Shop.Order?'")]
    public Task Payload_ThatDeployedPeersWouldMisread_IsAnError(string from, string to, string token, string message, bool isOneOfSeveral = false) =>
        Reports("TSOCK0009", DiagnosticSeverity.Error, from, to, token, message, isOneOfSeveral);

    [Theory]
    [InlineData("Line(string Name,", "Line(string Title,", "Title", "'Shop.Line' has its member 'Title' as 'title' in JSON instead of 'name'. Keep the name with [JsonPropertyName(\"name\")]")]
    [InlineData("[Union(1, typeof(Square))]", "[Union(1, typeof(Square)), Union(2, typeof(Text))]", "Shape", "'Shop.Shape' has the new key 2 for 'Shop.Text', at which peers that do not know it end the session")]
    public Task Change_ThatSomePeersCannotFollow_IsAWarning(string from, string to, string token, string message) => Reports("TSOCK0010", DiagnosticSeverity.Warning, from, to, token, message);

    [Theory]
    [InlineData("[Fault<Line>]", "[Fault<Line>, Fault<Circle>]", "'Find' has the new fault 'Circle'")]
    [InlineData("void Look(", "void Extra(); void Look(", "'Extra' is new")]
    [InlineData("Look(string what, int page)", "Look(string what, int page, bool all = false)", "'Look' has the new parameter 'all'")]
    [InlineData("Look(string what, int page)", "Look(string what, int page, bool all)", "'Look' has the new parameter 'all'")]
    [InlineData("Look(string what, int page)", "Look(string what, int page, string? more)", "'Look' has the new parameter 'more'")]
    [InlineData("Cancel(Guid id, string why)", "Cancel(Guid id, IAsyncEnumerable<int> more, string why)", "'Cancel' has the new parameter 'more'")]
    [InlineData("Look(string what, int page)", "Look(string text, int page)", "'Look' has its parameter 'what' renamed to 'text'")]
    [InlineData("decimal? Price)", "decimal? Price, string? Unit)", "'Shop.Line' has the new member 'Unit'")]
    [InlineData("decimal? Price);", "decimal? Price) { public List<string> Tags { get; init; } = []; }", "'Shop.Line' has the new member 'Tags'")]
    [InlineData("Line(string Name,", "Line([property: JsonPropertyName(\"name\")] string Title,", "'Shop.Line' has its member 'Name' renamed to 'Title'")]
    [InlineData("Paid = 1", "Paid = 1, Lost = 2", "'Shop.Status' has the new member 'Lost'")]
    [InlineData("Square", "Quad", "names in C# have changed")]
    [InlineData("IShopServer", "IStoreServer", "names in C# have changed")]
    public Task Change_ThatDeployedPeersUnderstand_IsNoted(string from, string to, string message) => Reports("TSOCK0011", DiagnosticSeverity.Info, from, to, null, message);

    [Theory]
    [InlineData("\"/shop\"", "\"/store\"", "IShopServer", "'IShopServer': its namespace is '/store' instead of '/shop', where deployed peers meet it. Keep [EventContract(\"/shop\")]")]
    [InlineData("\"/shop\"", "\"/shop\", Auth = typeof(Line)", "IShopServer", "'IShopServer': Auth is new. Clients that are deployed say nothing, and are refused where the hub asks for it")]
    public Task Contract_ThatDeployedPeersDoNotFind_IsAnError(string from, string to, string token, string message) => Reports("TSOCK0007", DiagnosticSeverity.Error, from, to, token, message);

    [Fact]
    public async Task Contract_ThatIsGone_IsReportedInTheFile()
    {
        var diagnostic = Assert.Single(await TestCompiler.Analyze(TestCompiler.Compile(Original), Lock.Of(Original, Sources.Game)));

        Assert.Equal("TSOCK0007", diagnostic.Id);
        Assert.Contains("'Game.IGameServer': it is gone, and with it namespace '/game'. Keep it", Message(diagnostic), StringComparison.Ordinal);
        Assert.Equal(("/project/contracts.lock", 5), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("contracts.lock 1\n")]
    public async Task Contract_ThatIsNew_IsNoted(string text)
    {
        var diagnostic = Assert.Single(await TestCompiler.Analyze(TestCompiler.Compile(Original), text));

        Assert.Equal(("TSOCK0011", DiagnosticSeverity.Info), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains("'IShopServer' as it is: it is new.", Message(diagnostic), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "its first line is not 'contracts.lock 1'")]
    [InlineData("contracts.lock 2\n", "it is of version '2' and this generator reads version 1; update the package TypedSockets")]
    [InlineData("contracts.lock 1\nnonsense", "line 2 is neither a contract nor a part of one")]
    [InlineData("contracts.lock 1\n<<<<<<< ours\n", "line 2 is neither a contract nor a part of one")]
    [InlineData("contracts.lock 1\n\ncontract A\n", "the contract at line 3, line 1: '\"' is missing at column 11.")]
    public async Task File_ThatCannotBeRead_IsAnError(string text, string problem)
    {
        var diagnostic = Assert.Single(await TestCompiler.Analyze(TestCompiler.Compile(Original), text));

        Assert.Equal("TSOCK0012", diagnostic.Id);
        Assert.Contains(problem, Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithWindowsLineEnds_IsTheSame() =>
        Assert.Empty(await TestCompiler.Analyze(TestCompiler.Compile(Original), s_lock.Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <summary>An invalid contract is not gone: what is wrong with it is said, and nothing else.</summary>
    [Fact]
    public async Task Contract_ThatIsInvalid_IsNotComparedAndNotGone()
    {
        var diagnostics = await TestCompiler.Analyze(TestCompiler.Compile(Original.Replace("int page", "object page", StringComparison.Ordinal)), s_lock);

        Assert.Equal("TSOCK0201", Assert.Single(diagnostics).Id);
    }

    // Without a message nothing is expected but that the file is behind.
    private static async Task Reports(string id, DiagnosticSeverity severity, string from, string to, string? token, string? message, bool isOneOfSeveral = false)
    {
        const string Extra = "\npublic sealed record Text(string Words) : Shape;";
        var source = Original.Replace(from, to, StringComparison.Ordinal) + (to.Contains("Text)", StringComparison.Ordinal) ? Extra : "");
        Assert.NotEqual(Original, source);

        var diagnostics = await TestCompiler.Analyze(TestCompiler.Compile(source), s_lock);
        if (message is null)
        {
            Assert.All(diagnostics, diagnostic => Assert.Equal("TSOCK0011", diagnostic.Id));
            return;
        }

        var diagnostic = isOneOfSeveral ? diagnostics.First(candidate => Message(candidate).Contains(message, StringComparison.Ordinal)) : Assert.Single(diagnostics);
        Assert.Equal((id, severity), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains(message, Message(diagnostic), StringComparison.Ordinal);
        if (token is not null)
        {
            Assert.Equal(token, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        }
    }

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}

using System.Text.Json;
using TypedSockets.Corpus.Types;

namespace TypedSockets.Corpus.Cases;

internal static class Objects
{
    public static IEnumerable<CorpusCase> All =>
    [
        new CorpusCase<KeyValuePair<string, int>>("Pair: one", KeyValuePair.Create("a", 1), static (server, value) => server.Pair(value)),
        new CorpusCase<(string Name, int? Age)>("ValueTupleOfTwo: one", ("ada", 36), static (server, value) => server.ValueTupleOfTwo(value)),
        new CorpusCase<(string Name, int? Age)>("ValueTupleOfTwo: with null", ("ada", null), static (server, value) => server.ValueTupleOfTwo(value)),
        new CorpusCase<(int A, int B, int C, int D, int E, int F, int G, string H, string? I)>("ValueTupleOfNine: one", (1, 2, 3, 4, 5, 6, 7, "8", null), static (server, value) => server.ValueTupleOfNine(value)),
        new CorpusCase<Tuple<int, string?, Point>>("TupleOfThree: one", Tuple.Create(1, (string?)null, new Point(1, 2)), static (server, value) => server.TupleOfThree(value)),
        new CorpusCase<Line>("LineValue: one", new Line(42, "lobby", "ada", "hello", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1))), static (server, value) => server.LineValue(value)),
        new CorpusCase<Nothing>("NothingValue: one", new Nothing(), static (server, value) => server.NothingValue(value)),
        new CorpusCase<Optional>("OptionalValue: defaults", new Optional(), static (server, value) => server.OptionalValue(value)),
        new CorpusCase<Optional>("OptionalValue: given", new Optional(1, null, Weather.Sunny, new Point(1, 2)), static (server, value) => server.OptionalValue(value)),
        new CorpusCase<Tree>("TreeValue: three levels", new Tree("a", new Tree("b", null, []), [new Tree("c", null, [new Tree("d", null, [])])]), static (server, value) => server.TreeValue(value)),
        new CorpusCase<Tree?>("NullableTree: null", null, static (server, value) => server.NullableTree(value)),
        new CorpusCase<Box<int>>("BoxOfNumber: one", new Box<int>(1), static (server, value) => server.BoxOfNumber(value)),
        new CorpusCase<Box<Box<string?>?>>("BoxOfBox: one", new Box<Box<string?>?>(new Box<string?>(null)), static (server, value) => server.BoxOfBox(value)),
        new CorpusCase<Box<Box<string?>?>>("BoxOfBox: with null", new Box<Box<string?>?>(null), static (server, value) => server.BoxOfBox(value)),
        new CorpusCase<Animal>("AnimalValue: one", new Animal("cat") { Legs = 4 }, static (server, value) => server.AnimalValue(value)),
        new CorpusCase<Bird>("BirdValue: one", new Bird("owl", true) { Legs = 2 }, static (server, value) => server.BirdValue(value)),
        new CorpusCase<Account>("AccountValue: one", Account.Create("ada", 1.50m), static (server, value) => server.AccountValue(value)),
        new CorpusCase<Initialized>("InitializedValue: one", new Initialized { Owner = "ada" }, static (server, value) => server.InitializedValue(value)),
        new CorpusCase<Counter>("CounterValue: one", Counter.Of(5), static (server, value) => server.CounterValue(value)),
        new CorpusCase<Ticket>("TicketValue: one", Ticket.Create("a", 5, "window"), static (server, value) => server.TicketValue(value)),
        new CorpusCase<Renamed>("RenamedValue: one", new Renamed(1, "b", null, "https://example.org"), static (server, value) => server.RenamedValue(value)),
        new CorpusCase<Renamed>("RenamedValue: with what does not travel", new Renamed(1, "b", "secret", ""), static (server, value) => server.RenamedValue(value)) { IsLossy = true },
        new CorpusCase<Awkward>("AwkwardValue: one", new Awkward(1, "r", null, 2, 3, "v", "c"), static (server, value) => server.AwkwardValue(value)),
        new CorpusCase<Interned>("InternedValue: one", new Interned("lobby", null), static (server, value) => server.InternedValue(value)),
        new CorpusCase<Fields>("FieldsValue: one", new Fields { Number = 1, Text = "one" }, static (server, value) => server.FieldsValue(value)),
        new CorpusCase<IShape>("ShapeValue: class", new Circle(1.5), static (server, value) => server.ShapeValue(value)),
        new CorpusCase<IShape>("ShapeValue: struct", new Square(2), static (server, value) => server.ShapeValue(value)),
        new CorpusCase<IShape>("ShapeValue: of itself", new Group([new Circle(1), new Square(2)], new Group([], null)), static (server, value) => server.ShapeValue(value)),
        new CorpusCase<IShape?>("NullableShape: null", null, static (server, value) => server.NullableShape(value)),
        new CorpusCase<IShape?>("NullableShape: given", new Circle(1.5), static (server, value) => server.NullableShape(value)),
        new CorpusCase<Hat>("HatValue: base", new Plain { Size = 1, Color = "red" }, static (server, value) => server.HatValue(value)),
        new CorpusCase<Hat>("HatValue: derived", new Fancy { Size = 1, Color = "red", Feathers = 3 }, static (server, value) => server.HatValue(value)),
        new CorpusCase<Notice>("NoticeValue: itself", new Notice("a"), static (server, value) => server.NoticeValue(value)),
        new CorpusCase<Notice>("NoticeValue: derived", new Warning("a", 3), static (server, value) => server.NoticeValue(value)),
        new CorpusCase<Numbered>("NumberedValue: one", new Numbered { First = 1, BinaryOnly = null, Last = "z" }, static (server, value) => server.NumberedValue(value)),
        new CorpusCase<Numbered>("NumberedValue: what does not travel", new Numbered { First = 1, BinaryOnly = 7, Last = "z", Ignored = "x" }, static (server, value) => server.NumberedValue(value)) { IsLossy = true },
        new CorpusCase<Named>("NamedValue: one", new Named(1, "ada"), static (server, value) => server.NamedValue(value)),
        new CorpusCase<ByPropertyName>("ByPropertyNameValue: one", ByPropertyName.Create(1, "a", "b"), static (server, value) => server.ByPropertyNameValue(value)),
        new CorpusCase<Money>("MoneyValue: one", new Money(12.50m, "NOK"), static (server, value) => server.MoneyValue(value)),
        new CorpusCase<Secret<string>>("SecretValue: one", new Secret<string>("hidden"), static (server, value) => server.SecretValue(value)) { IsLossy = true },
        new CorpusCase<Formatted>("FormattedValue: one", new Formatted(255, null, new Money(1, "EUR"), new Money(2, "EUR")), static (server, value) => server.FormattedValue(value)),
        new CorpusCase<Formatted>("FormattedValue: with null", new Formatted(-1, 16, new Money(1, "EUR"), null), static (server, value) => server.FormattedValue(value)),
        new CorpusCase<Report>("ReportValue: one", new Report("year", new Dictionary<string, JsonElement> { ["a"] = Json("[1,null,\"x\"]") }), static (server, value) => server.ReportValue(value)),
    ];

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}

using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Shop;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Tool.Tests;

/// <summary>Calls events of the shop, and notes the arguments that the generated serializers write, as values that TypeScript checks.</summary>
internal sealed partial class ShopTraffic : EventSender
{
    private static readonly Item s_tea = new("tea", 2) { From = new Shop.Customs.Address("India") };

    private readonly StringBuilder _text = new("""
        import type { ClientToServerEvents, ServerToClientEvents } from "../Snapshots/shop";

        type Sent<Arguments extends unknown[]> = Arguments extends [...infer Head, unknown] ? Head : never;

        // socket.io-client has put the attachments back where their placeholders stood.
        declare const bytes: ArrayBuffer;

        """);

    private string _json = "";
    private int _count;

    /// <summary>Returns the program for TypeScript.</summary>
    public static async Task<string> WriteAsync()
    {
        PayloadFormatters.Use(new MoneyFormatter());
        var traffic = new ShopTraffic();
        await traffic.ReceiveAsync();
        await traffic.SendAsync();
        return traffic._text.ToString();
    }

    public override void Send<TArguments>(int eventId, in TArguments arguments) => Note(arguments);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        Note(arguments);
        return default;
    }

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        Note(arguments);
        return new ValueTask<TResult>(default(TResult)!);
    }

    private async Task ReceiveAsync()
    {
        var client = IShopServer.Contract.CreateClientProxy(this);
        var order = new Order(1, [s_tea], 9.50m, DateTimeOffset.UnixEpoch, null) { State = State.Done };
        var next = new Order(2, [s_tea, new Item("cup")], 9.50m, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), order) { State = State.Open };
        client.Changed(next, new Dictionary<string, decimal> { ["tea"] = 1.5m });
        Add("ServerToClientEvents", "Changed", "{0}");

        client.Everything(CreateEverything(), null);
        Add("ServerToClientEvents", "Everything", "{0}");

        client.Everything(CreateEverything(), new Square { Side = 2, Inside = [new Circle { Radius = 1.5, Color = "red" }, new Shape()] });
        Add("ServerToClientEvents", "Everything", "{0}");

        await client.Confirm("Really?");
        Add("ServerToClientEvents", "Confirm", "Sent<{0}>");
    }

    private async Task SendAsync()
    {
        var server = IShopServer.Contract.CreateServerProxy(this);
        await server.Place([s_tea], null, TestContext.Current.CancellationToken);
        Add("ClientToServerEvents", "Place", "Sent<{0}>");

        await server.Search("tea", sorting: Sorting.Price);
        Add("ClientToServerEvents", "search goods", "Sent<{0}>");

        server.Browse("teas", 3);
        Add("ClientToServerEvents", "Browse", "{0}");
    }

    private static Everything CreateEverything() => new()
    {
        Bool = true,
        SByte = -1,
        UShort = 5,
        ULong = 77,
        Int128 = Int128.MaxValue,
        UInt128 = UInt128.MaxValue,
        BigInteger = BigInteger.Pow(10, 40),
        Half = (Half)1.5,
        Float = 1.25f,
        Double = 0.1,
        Complex = new Complex(1, 2),
        Char = 'x',
        Rune = new Rune('y'),
        Uri = new Uri("http://localhost/"),
        Version = new Version(1, 2),
        DateTime = DateTime.UnixEpoch,
        DateOnly = new DateOnly(2026, 1, 2),
        TimeOnly = new TimeOnly(1, 2, 3),
        TimeSpan = TimeSpan.FromHours(30),
        Bytes = [1, 2],
        Memory = new byte[] { 3 },
        Numbers = [1, 2],
        Grid = new[,] { { 1, 2 }, { 3, 4 } },
        Jagged = [["a", null], null],
        Set = [Guid.Empty],
        Tuples = [("a", 1)],
        OldTuple = new(1, "x"),
        One = new(3),
        Long = (1, 2, 3, 4, 5, 6, 7, null, [8]),
        Pair = new("k", null),
        Map = new() { [5] = null, [6] = "x" },
        ByName = new Dictionary<Sorting, List<Rights>> { [Sorting.Price] = [Rights.Read | Rights.Write] }.ToFrozenDictionary(),
        Days = new() { [Days.Monday | Days.Tuesday] = State.Done, [Days.Monday] = null },
        Nested = new Dictionary<string, IReadOnlyDictionary<string, Item>?> { ["a"] = null, ["b"] = new Dictionary<string, Item> { ["c"] = s_tea } },
        Payment = new Card("1"),
        Longs = new([1L], 2, null),
        Addresses = new([new("India")], null, null),
        Inner = new("a", 1, ["b", null]),
        NotAGuid = new("n"),
        Money = new Money(1, "EUR"),
    };

    private void Note<TArguments>(in TArguments arguments) where TArguments : struct, IPayload
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new JsonWriter(buffer, []);
        arguments.Write(ref writer);
        writer.Flush();
        _json = Placeholder().Replace(Encoding.UTF8.GetString(buffer.Written), "bytes");
    }

    private void Add(string map, string name, string type)
    {
        var parameters = string.Format(CultureInfo.InvariantCulture, type, $"Parameters<{map}[\"{name}\"]>");
        _text.Append('\n').Append(CultureInfo.InvariantCulture, $"export const arguments{_count++}: {parameters} = {_json};").Append('\n');
    }

    [GeneratedRegex("""\{"_placeholder":true,"num":\d+\}""")]
    private static partial Regex Placeholder();

    private sealed class MoneyFormatter : IPayloadFormatter<Money>
    {
        public void Write(System.Buffers.IBufferWriter<byte> output, Money value) =>
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{value.Amount} {value.Currency}\""), output);

        public Money Read(ReadOnlySpan<byte> payload) => throw new NotSupportedException("Nothing is read here.");
    }
}

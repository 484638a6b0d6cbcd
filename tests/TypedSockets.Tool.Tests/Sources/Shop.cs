using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using TypedSockets;

namespace Shop
{
    /// <summary>What the shop does for its customers.</summary>
    /// <remarks>Prices are in the currency of the customer's <see cref="Address"/>.</remarks>
    [EventContract("/shop")]
    public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>, IAccounts
    {
        /// <summary>Orders goods, and returns <see langword="null"/> when <paramref name="items"/> is empty.</summary>
        /// <param name="items">What is ordered; see <see cref="Item.Count"/>.</param>
        /// <param name="note">For the <c>warehouse</c>.</param>
        /// <param name="cancellationToken">Ends the wait.</param>
        /// <returns>The order as it was booked.</returns>
        ValueTask<Order?> Place(IReadOnlyList<Item> items, string? note = null, CancellationToken cancellationToken = default);

        /// <summary>Finds goods.</summary>
        [Event("search goods")]
        Task<Page<Item?>> Search(string text, int take = 20, Sorting sorting = Sorting.Name);

        /// <summary>Looks at what is going on:
        /// <list type="bullet">
        /// <item><term>now</term><description>what is new</description></item>
        /// <item>what was</item>
        /// </list>
        /// </summary>
        void Browse(string shelf, int? page = null);

        /// <summary>Sends a picture: <code>
        /// if (picture)
        ///     Send(picture); /* at once */
        /// </code></summary>
        [Obsolete("Use files.")]
        ValueTask Picture(byte[] bytes, ReadOnlyMemory<byte>? thumbnail);

        void Clear() => Browse("");
    }

    public interface IAccounts
    {
        /// <summary>Which account it is.</summary>
        ValueTask<(Guid Id, string Name, (int, int)? Range)> Account(string @default, string callback);
    }

    /// <summary>What customers are told.</summary>
    public interface IShopClient : IClientEvents
    {
        /// <summary>An order has changed.</summary>
        void Changed(Order order, IReadOnlyDictionary<string, decimal> prices);

        void Everything(Everything everything, Shape? shape = null);

        /// <summary>Asks the customer.</summary>
        /// <returns>Whether they agree.</returns>
        ValueTask<bool> Confirm(string question);

        Task Ping();
    }

    /// <summary>An order.</summary>
    /// <param name="Id">Counts up.</param>
    /// <param name="Lines">What was ordered.</param>
    /// <param name="Total">Without taxes.</param>
    public sealed record Order(long Id, IReadOnlyList<Item> Lines, decimal Total, DateTimeOffset At, Order? Replaced)
    {
        /// <summary>How far it is.</summary>
        public required State State { get; init; }

        /// <summary>Nobody sets it, so it does not travel.</summary>
        public decimal Taxes => Total / 5;

        [JsonIgnore]
        public string Secret { get; set; } = "";

        [IgnoreDataMember]
        public string Cache { get; set; } = "";

        [JsonPropertyName("delivery-address")]
        public Address? Address { get; private set; }
    }

    public sealed record Item(string Name, int Count = 1)
    {
        public Customs.Address? From { get; init; }
    }

    public class Entity
    {
        public Guid Id { get; set; }

        public virtual string? Label { get; set; }

        public string? Hint;

        public readonly string Fixed = "";

        public static string Shared { get; set; } = "";
    }

    /// <summary>Where somebody lives.</summary>
    public class Address : Entity
    {
        public override string? Label { get; set; }

        public string this[int line] => "";

        public string URLOfMap { get; set; } = "";
    }

    public sealed record Page<T>(IReadOnlyList<T> Items, T? First, Page<T>? Next);

    /// <summary>How far an order is.</summary>
    public enum State : byte
    {
        /// <summary>It was sent.</summary>
        Open,

        /// <summary>It has arrived.</summary>
        Done = 3,

        Completed = Done,
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Sorting>))]
    public enum Sorting
    {
        /// <summary>From A to Z.</summary>
        Name,

        [JsonStringEnumMemberName("by-price")]
        Price,
    }

    [Flags]
    public enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    [Flags]
    [JsonConverter(typeof(JsonStringEnumConverter))]
    public enum Days
    {
        Monday = 1,
        Tuesday = 2,
    }

    /// <summary>Something to draw.</summary>
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    [JsonDerivedType(typeof(Shape), "any")]
    public class Shape
    {
        public string? Color { get; init; }
    }

    public sealed class Circle : Shape
    {
        public double Radius { get; init; }
    }

    public sealed class Square : Shape
    {
        public double Side { get; init; }

        public IReadOnlyList<Shape> Inside { get; init; } = [];
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Card), 1)]
    [JsonDerivedType(typeof(Cash), 2)]
    public interface IPayment;

    public sealed record Card(string Number) : IPayment;

    public readonly record struct Cash(decimal Amount) : IPayment;

    /// <summary>One of every kind.</summary>
    public sealed class Everything
    {
        public bool Bool { get; set; }
        public sbyte SByte { get; set; }
        public ushort UShort { get; set; }
        public ulong ULong { get; set; }
        public Int128 Int128 { get; set; }
        public UInt128 UInt128 { get; set; }
        public BigInteger BigInteger { get; set; }
        public Half Half { get; set; }
        public float Float { get; set; }
        public double? Double { get; set; }
        public Complex Complex { get; set; }
        public char Char { get; set; }
        public System.Text.Rune Rune { get; set; }
        public Uri? Uri { get; set; }
        public Version Version { get; set; } = new();
        public DateTime DateTime { get; set; }
        public DateOnly DateOnly { get; set; }
        public TimeOnly TimeOnly { get; set; }
        public TimeSpan? TimeSpan { get; set; }
        public byte[] Bytes { get; set; } = [];
        public Memory<byte>? Memory { get; set; }
        public System.Buffers.ReadOnlySequence<byte> Sequence { get; set; }
        public List<byte> Numbers { get; set; } = [];
        public int[,] Grid { get; set; } = new int[0, 0];
        public string?[]?[] Jagged { get; set; } = [];
        public HashSet<Guid> Set { get; set; } = [];
        public ImmutableArray<(string Name, int)> Tuples { get; set; }
        public Tuple<int, string> OldTuple { get; set; } = new(0, "");
        public ValueTuple<int> One { get; set; }
        public (int A, int B, int C, int D, int E, int F, int G, string? H, int[] I) Long { get; set; }
        public KeyValuePair<string, int?> Pair { get; set; }
        public Dictionary<int, string?> Map { get; set; } = [];
        public FrozenDictionary<Sorting, List<Rights>> ByName { get; set; } = FrozenDictionary<Sorting, List<Rights>>.Empty;
        public SortedList<Days, State?> Days { get; set; } = [];
        public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Item>?> Nested { get; set; } = new Dictionary<string, IReadOnlyDictionary<string, Item>?>();
        public IPayment? Payment { get; set; }
        public Page<long> Longs { get; set; } = new([], 0, null);
        public Page<Customs.Address> Addresses { get; set; } = null!;
        public Outer<string>.Inner<int> Inner { get; set; } = null!;
        public Customs.Guid NotAGuid { get; set; } = null!;
        public Money Money { get; set; }
        [PayloadFormatter] public Version? Formatted { get; set; }
    }

    public static class Outer<T>
    {
        public sealed record Inner<TOther>(T First, TOther Second, List<T?> Rest);
    }

    /// <summary>An amount and a currency.</summary>
    [PayloadFormatter]
    public readonly record struct Money(decimal Amount, string Currency);
}

namespace Shop.Customs
{
    /// <summary>Where goods come from.</summary>
    public sealed record Address(string Country);

    public sealed record Guid(string Name);
}

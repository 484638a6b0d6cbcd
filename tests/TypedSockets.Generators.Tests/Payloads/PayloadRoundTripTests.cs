using System.Collections;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>Every kind of type goes through proxy, bytes, dispatcher, handler, bytes and back.</summary>
public sealed class PayloadRoundTripTests
{
    private static readonly Address s_address = new("Storgata", 1);

    private readonly IEchoServer _echo;

    public PayloadRoundTripTests() => _echo = IEchoServer.Contract.CreateServerProxy(new Loopback(IEchoServer.Contract.CreateServerDispatcher(new EchoHandler())));

    [Fact]
    public async Task Integers_AtTheirLimits_ArriveUnchanged()
    {
        await Same(byte.MaxValue, _echo.EchoByte);
        await Same(sbyte.MinValue, _echo.EchoSByte);
        await Same(short.MinValue, _echo.EchoInt16);
        await Same(ushort.MaxValue, _echo.EchoUInt16);
        await Same(int.MinValue, _echo.EchoInt32);
        await Same(uint.MaxValue, _echo.EchoUInt32);
        await Same(long.MinValue, _echo.EchoInt64);
        await Same(ulong.MaxValue, _echo.EchoUInt64);
    }

    [Fact]
    public async Task OtherNumbersAndCharacters_ArriveUnchanged()
    {
        await Same(true, _echo.EchoBoolean);
        await Same(float.Epsilon, _echo.EchoSingle);
        await Same(double.NaN, _echo.EchoDouble);
        await Same(decimal.MinValue, _echo.EchoDecimal);
        await Same('\uffff', _echo.EchoChar);
        await Same("å\0€", _echo.EchoString);
        await Same(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), _echo.EchoGuid);
    }

    [Fact]
    public async Task DatesAndTimes_ArriveUnchanged()
    {
        await Same(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc), _echo.EchoDateTime);
        await Same(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromMinutes(-90)), _echo.EchoDateTimeOffset);
        await Same(DateOnly.MaxValue, _echo.EchoDateOnly);
        await Same(TimeOnly.MaxValue, _echo.EchoTimeOnly);
        await Same(TimeSpan.MinValue, _echo.EchoTimeSpan);
    }

    [Fact]
    public async Task Bytes_ArriveUnchanged()
    {
        await Same<byte[]>([1, 2, 3], _echo.EchoBytes);
        var memory = await _echo.EchoMemory(new byte[] { 4, 5 });
        Assert.Equal([4, 5], memory.ToArray());
    }

    [Fact]
    public async Task Enums_TravelAsTheirUnderlyingInteger()
    {
        await Same(Color.Green, _echo.EchoColor);
        await Same(Flags.Last, _echo.EchoFlags);
        await Same(Huge.Max, _echo.EchoHuge);
        await Same((Color)(-7), _echo.EchoColor);
    }

    [Fact]
    public async Task NullableValues_ArriveWithAndWithoutValue()
    {
        await Same<int?>(5, _echo.EchoNullableInt32);
        await Same<int?>(null, _echo.EchoNullableInt32);
        await Same<Color?>(Color.Green, _echo.EchoNullableColor);
        await Same<Color?>(null, _echo.EchoNullableColor);
        await Same<Point?>(new Point(1, 2), _echo.EchoNullablePoint);
        await Same<Point?>(null, _echo.EchoNullablePoint);
    }

    [Fact]
    public async Task NullableReferences_ArriveWithAndWithoutValue()
    {
        await Same<string?>("text", _echo.EchoNullableString);
        await Same<string?>(null, _echo.EchoNullableString);
        await Same<byte[]?>([1], _echo.EchoNullableBytes);
        await Same<byte[]?>(null, _echo.EchoNullableBytes);
        await Same<Address?>(s_address, _echo.EchoNullableAddress);
        await Same<Address?>(null, _echo.EchoNullableAddress);
    }

    [Fact]
    public async Task Arrays_ArriveUnchanged()
    {
        await Same<string[]>(["a", "b"], _echo.EchoArray);
        await Same<string[]>([], _echo.EchoArray);
        await Same<string?[]>(["a", null], _echo.EchoNullableElements);
        await Same<int[][]>([[1], [], [2, 3]], _echo.EchoJagged);
        await Same<int[]?[]>([[1], null], _echo.EchoJaggedNullable);
    }

    [Fact]
    public async Task Lists_ArriveUnchanged()
    {
        await Same<List<int?>>([1, null], _echo.EchoNullableNumbers);
        await Same<List<Address>>([s_address, s_address], _echo.EchoList);
        await Same<IList<long>>([1, 2], _echo.EchoIList);
        await Same<IReadOnlyList<Point>>([new Point(1, 2)], _echo.EchoReadOnlyList);
        await Same<List<List<int>?>>([[1], null], _echo.EchoListOfLists);
    }

    [Fact]
    public async Task OtherCollections_ArriveUnchanged()
    {
        await Same<ICollection<string>>(["a"], _echo.EchoCollection);
        await Same<IReadOnlyCollection<int>>(new Queue<int>([1, 2]), _echo.EchoReadOnlyCollection);
        await Same(Enumerable.Range(0, 3).Where(number => number != 1), _echo.EchoEnumerable);
        await Same<IEnumerable<int>>([7], _echo.EchoEnumerable);
    }

    [Fact]
    public async Task InterfacesThatCanBeChanged_AreReadAsLists()
    {
        (await _echo.EchoIList([1])).Add(2);
        (await _echo.EchoCollection(["a"])).Add("b");
        (await _echo.EchoIDictionary(new Dictionary<int, string?>())).Add(1, null);
    }

    [Fact]
    public async Task Dictionaries_ArriveUnchanged()
    {
        await Same(new Dictionary<string, Address> { ["a"] = s_address, [""] = s_address }, _echo.EchoDictionary);
        await Same<IDictionary<int, string?>>(new Dictionary<int, string?> { [1] = null, [2] = "b" }, _echo.EchoIDictionary);
        await Same<IReadOnlyDictionary<Guid, Color>>(new Dictionary<Guid, Color> { [Guid.Empty] = Color.Green }, _echo.EchoReadOnlyDictionary);
    }

    [Fact]
    public async Task Records_ArriveUnchanged()
    {
        await Same(new Person("Ada", s_address) { Work = s_address with { Number = null } }, _echo.EchoPerson);
        await Same(new Employee("Ada", s_address, 1.50m) { Work = s_address }, _echo.EchoEmployee);
        await Same(new Empty(), _echo.EchoEmpty);
        await Same(new Outer.Inner("in"), _echo.EchoNested);
        await Same(new Keywords(1, "reader", null, 2, "value"), _echo.EchoKeywords);
    }

    [Fact]
    public async Task GenericTypesAndTuples_ArriveUnchanged()
    {
        await Same(new Box<int>(1), _echo.EchoBoxOfInt32);
        await Same(new Box<string?>(null), _echo.EchoBoxOfNullable);
        await Same(new Box<Box<Point>>(new Box<Point>(new Point(1, 2))), _echo.EchoBoxOfBox);
        await Same(("Ada", 36), _echo.EchoTuple);
        await Same(KeyValuePair.Create("Ada", 36), _echo.EchoPair);
    }

    [Fact]
    public async Task ClassesAndStructs_AreReadThroughTheirMembers()
    {
        var settings = await _echo.EchoSettings(new Settings { Theme = "dark", FontSize = 20, Recent = ["a"] });
        Assert.Equal(("dark", 20, "dark20"), (settings.Theme, settings.FontSize, settings.Computed));
        Assert.Equal(["a"], settings.Recent);

        var fields = await _echo.EchoFields(new Fields { Number = 1, Text = "one" });
        Assert.Equal((1, "one"), (fields.Number, fields.Text));

        var partial = await _echo.EchoPartial(new GetOnly(5));
        Assert.Equal((5, 1), (partial.Kept, partial.Dropped));
    }

    [Fact]
    public async Task RecursiveType_ArrivesUnchanged()
    {
        var leaf = new Node(3, null, []);
        var root = await _echo.EchoNode(new Node(1, new Node(2, leaf, []), [leaf, leaf]));

        Assert.Equal(3, root.Next!.Next!.Value);
        Assert.Equal([3, 3], root.Children.Select(child => child.Value));
    }

    [Fact]
    public async Task CycleOfObjects_EndsInAnException()
    {
        var node = new Node(1, null, []);
        node.Children.Add(node);

        await Assert.ThrowsAsync<InsufficientExecutionStackException>(() => _echo.EchoNode(node).AsTask());
    }

    [Fact]
    public async Task CollectionThatChangesWhileItIsWritten_EndsInAnException()
    {
        var changing = new ChangingCollection();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _echo.EchoReadOnlyCollection(changing).AsTask());
        Assert.Contains("changed while it was written", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _echo.EchoEnumerable(changing).AsTask());
    }

    private static async Task Same<T>(T value, Func<T, ValueTask<T>> echo) => Assert.Equal(value, await echo(value));

    /// <summary>As a concurrent collection can look: an element comes between its count and its walk.</summary>
    private sealed class ChangingCollection : IReadOnlyCollection<int>
    {
        public int Count => 1;

        public IEnumerator<int> GetEnumerator()
        {
            yield return 1;
            yield return 2;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

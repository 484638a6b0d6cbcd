namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>One event for each kind of type that travels; the handler returns what it received.</summary>
[EventContract("/echo")]
public partial interface IEchoServer : IServerEvents<IEchoServer, IEchoClient>
{
    ValueTask<bool> EchoBoolean(bool value);
    ValueTask<byte> EchoByte(byte value);
    ValueTask<sbyte> EchoSByte(sbyte value);
    ValueTask<short> EchoInt16(short value);
    ValueTask<ushort> EchoUInt16(ushort value);
    ValueTask<int> EchoInt32(int value);
    ValueTask<uint> EchoUInt32(uint value);
    ValueTask<long> EchoInt64(long value);
    ValueTask<ulong> EchoUInt64(ulong value);
    ValueTask<float> EchoSingle(float value);
    ValueTask<double> EchoDouble(double value);
    ValueTask<decimal> EchoDecimal(decimal value);
    ValueTask<char> EchoChar(char value);
    ValueTask<string> EchoString(string value);
    ValueTask<byte[]> EchoBytes(byte[] value);
    ValueTask<ReadOnlyMemory<byte>> EchoMemory(ReadOnlyMemory<byte> value);
    ValueTask<Guid> EchoGuid(Guid value);
    ValueTask<DateTime> EchoDateTime(DateTime value);
    ValueTask<DateTimeOffset> EchoDateTimeOffset(DateTimeOffset value);
    ValueTask<DateOnly> EchoDateOnly(DateOnly value);
    ValueTask<TimeOnly> EchoTimeOnly(TimeOnly value);
    ValueTask<TimeSpan> EchoTimeSpan(TimeSpan value);
    ValueTask<Color> EchoColor(Color value);
    ValueTask<Flags> EchoFlags(Flags value);
    ValueTask<Huge> EchoHuge(Huge value);
    ValueTask<int?> EchoNullableInt32(int? value);
    ValueTask<Color?> EchoNullableColor(Color? value);
    ValueTask<string?> EchoNullableString(string? value);
    ValueTask<byte[]?> EchoNullableBytes(byte[]? value);
    ValueTask<Address?> EchoNullableAddress(Address? value);
    ValueTask<Point?> EchoNullablePoint(Point? value);
    ValueTask<string[]> EchoArray(string[] value);
    ValueTask<string?[]> EchoNullableElements(string?[] value);
    ValueTask<int[][]> EchoJagged(int[][] value);
    ValueTask<int[]?[]> EchoJaggedNullable(int[]?[] value);
    ValueTask<List<int?>> EchoNullableNumbers(List<int?> value);
    ValueTask<List<Address>> EchoList(List<Address> value);
    ValueTask<IList<long>> EchoIList(IList<long> value);
    ValueTask<IReadOnlyList<Point>> EchoReadOnlyList(IReadOnlyList<Point> value);
    ValueTask<ICollection<string>> EchoCollection(ICollection<string> value);
    ValueTask<IReadOnlyCollection<int>> EchoReadOnlyCollection(IReadOnlyCollection<int> value);
    ValueTask<IEnumerable<int>> EchoEnumerable(IEnumerable<int> value);
    ValueTask<List<List<int>?>> EchoListOfLists(List<List<int>?> value);
    ValueTask<Dictionary<string, Address>> EchoDictionary(Dictionary<string, Address> value);
    ValueTask<IDictionary<int, string?>> EchoIDictionary(IDictionary<int, string?> value);
    ValueTask<IReadOnlyDictionary<Guid, Color>> EchoReadOnlyDictionary(IReadOnlyDictionary<Guid, Color> value);
    ValueTask<Person> EchoPerson(Person value);
    ValueTask<Employee> EchoEmployee(Employee value);
    ValueTask<Settings> EchoSettings(Settings value);
    ValueTask<Node> EchoNode(Node value);
    ValueTask<Box<int>> EchoBoxOfInt32(Box<int> value);
    ValueTask<Box<string?>> EchoBoxOfNullable(Box<string?> value);
    ValueTask<Box<Box<Point>>> EchoBoxOfBox(Box<Box<Point>> value);
    ValueTask<(string Name, int Age)> EchoTuple((string Name, int Age) value);
    ValueTask<KeyValuePair<string, int>> EchoPair(KeyValuePair<string, int> value);
    ValueTask<Empty> EchoEmpty(Empty value);
    ValueTask<Keywords> EchoKeywords(Keywords value);
    ValueTask<Fields> EchoFields(Fields value);
    ValueTask<Outer.Inner> EchoNested(Outer.Inner value);
    ValueTask<GetOnly> EchoPartial(GetOnly value);
}

public interface IEchoClient : IClientEvents;

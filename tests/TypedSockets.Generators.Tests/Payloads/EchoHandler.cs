namespace TypedSockets.Generators.Tests.Payloads;

internal sealed class EchoHandler : IEchoServer
{
    public ValueTask<bool> EchoBoolean(bool value) => new(value);

    public ValueTask<byte> EchoByte(byte value) => new(value);

    public ValueTask<sbyte> EchoSByte(sbyte value) => new(value);

    public ValueTask<short> EchoInt16(short value) => new(value);

    public ValueTask<ushort> EchoUInt16(ushort value) => new(value);

    public ValueTask<int> EchoInt32(int value) => new(value);

    public ValueTask<uint> EchoUInt32(uint value) => new(value);

    public ValueTask<long> EchoInt64(long value) => new(value);

    public ValueTask<ulong> EchoUInt64(ulong value) => new(value);

    public ValueTask<float> EchoSingle(float value) => new(value);

    public ValueTask<double> EchoDouble(double value) => new(value);

    public ValueTask<decimal> EchoDecimal(decimal value) => new(value);

    public ValueTask<char> EchoChar(char value) => new(value);

    public ValueTask<string> EchoString(string value) => new(value);

    public ValueTask<byte[]> EchoBytes(byte[] value) => new(value);

    public ValueTask<ReadOnlyMemory<byte>> EchoMemory(ReadOnlyMemory<byte> value) => new(value);

    public ValueTask<Guid> EchoGuid(Guid value) => new(value);

    public ValueTask<DateTime> EchoDateTime(DateTime value) => new(value);

    public ValueTask<DateTimeOffset> EchoDateTimeOffset(DateTimeOffset value) => new(value);

    public ValueTask<DateOnly> EchoDateOnly(DateOnly value) => new(value);

    public ValueTask<TimeOnly> EchoTimeOnly(TimeOnly value) => new(value);

    public ValueTask<TimeSpan> EchoTimeSpan(TimeSpan value) => new(value);

    public ValueTask<Color> EchoColor(Color value) => new(value);

    public ValueTask<Flags> EchoFlags(Flags value) => new(value);

    public ValueTask<Huge> EchoHuge(Huge value) => new(value);

    public ValueTask<int?> EchoNullableInt32(int? value) => new(value);

    public ValueTask<Color?> EchoNullableColor(Color? value) => new(value);

    public ValueTask<string?> EchoNullableString(string? value) => new(value);

    public ValueTask<byte[]?> EchoNullableBytes(byte[]? value) => new(value);

    public ValueTask<Address?> EchoNullableAddress(Address? value) => new(value);

    public ValueTask<Point?> EchoNullablePoint(Point? value) => new(value);

    public ValueTask<string[]> EchoArray(string[] value) => new(value);

    public ValueTask<string?[]> EchoNullableElements(string?[] value) => new(value);

    public ValueTask<int[][]> EchoJagged(int[][] value) => new(value);

    public ValueTask<int[]?[]> EchoJaggedNullable(int[]?[] value) => new(value);

    public ValueTask<List<int?>> EchoNullableNumbers(List<int?> value) => new(value);

    public ValueTask<List<Address>> EchoList(List<Address> value) => new(value);

    public ValueTask<IList<long>> EchoIList(IList<long> value) => new(value);

    public ValueTask<IReadOnlyList<Point>> EchoReadOnlyList(IReadOnlyList<Point> value) => new(value);

    public ValueTask<ICollection<string>> EchoCollection(ICollection<string> value) => new(value);

    public ValueTask<IReadOnlyCollection<int>> EchoReadOnlyCollection(IReadOnlyCollection<int> value) => new(value);

    public ValueTask<IEnumerable<int>> EchoEnumerable(IEnumerable<int> value) => new(value);

    public ValueTask<List<List<int>?>> EchoListOfLists(List<List<int>?> value) => new(value);

    public ValueTask<Dictionary<string, Address>> EchoDictionary(Dictionary<string, Address> value) => new(value);

    public ValueTask<IDictionary<int, string?>> EchoIDictionary(IDictionary<int, string?> value) => new(value);

    public ValueTask<IReadOnlyDictionary<Guid, Color>> EchoReadOnlyDictionary(IReadOnlyDictionary<Guid, Color> value) => new(value);

    public ValueTask<Person> EchoPerson(Person value) => new(value);

    public ValueTask<Employee> EchoEmployee(Employee value) => new(value);

    public ValueTask<Settings> EchoSettings(Settings value) => new(value);

    public ValueTask<Node> EchoNode(Node value) => new(value);

    public ValueTask<Box<int>> EchoBoxOfInt32(Box<int> value) => new(value);

    public ValueTask<Box<string?>> EchoBoxOfNullable(Box<string?> value) => new(value);

    public ValueTask<Box<Box<Point>>> EchoBoxOfBox(Box<Box<Point>> value) => new(value);

    public ValueTask<(string Name, int Age)> EchoTuple((string Name, int Age) value) => new(value);

    public ValueTask<KeyValuePair<string, int>> EchoPair(KeyValuePair<string, int> value) => new(value);

    public ValueTask<Empty> EchoEmpty(Empty value) => new(value);

    public ValueTask<Keywords> EchoKeywords(Keywords value) => new(value);

    public ValueTask<Fields> EchoFields(Fields value) => new(value);

    public ValueTask<Outer.Inner> EchoNested(Outer.Inner value) => new(value);

    public ValueTask<GetOnly> EchoPartial(GetOnly value) => new(value);
}

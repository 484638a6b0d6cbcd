namespace TypedSockets.Protocol.Tests.Channels.Streams;

/// <summary>A contract with streams, without generated code.</summary>
internal static class StreamContract
{
    public const int Count = 0;
    public const int Say = 1;
    public const int Sum = 2;
    public const int Ask = 0;
    public const int Feed = 1;
    public const int Watch = 2;

    public static ContractShape Shape { get; } = new(
        "ITest",
        "/test",
        99,
        [new EventShape("Count", 1) { ReturnsStream = true }, new EventShape("Say", 2), new EventShape("Sum", 3) { StreamParameters = 1 }],
        [new EventShape("Ask", 4), new EventShape("Feed", 5) { StreamParameters = 1 }, new EventShape("Watch", 6) { ReturnsStream = true }]);
}

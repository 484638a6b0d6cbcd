using TypedSockets.Events;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>A contract without generated code, seen from its server.</summary>
internal static class TestContract
{
    public const int Namespace = 3;
    public const int Add = 0;
    public const int Say = 1;
    public const int Ask = 0;
    public const int Said = 1;

    private static readonly EventFault[] s_faults = [new EventFault<int, IntCodec>("TooMany"), new EventFault<string, TextCodec>("NotAMember")];

    public static ContractShape Shape { get; } = new("ITest", "/test", 99,
        [new EventShape("Add", 1) { Faults = s_faults }, new EventShape("Say", 2)],
        [new EventShape("Ask", 3) { Faults = s_faults }, new EventShape("Said", 4)]);
}

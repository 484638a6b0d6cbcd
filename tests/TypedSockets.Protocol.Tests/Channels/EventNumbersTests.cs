using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed class EventNumbersTests
{
    private static readonly ContractShape s_client = new(
        "IChat", "/chat", 1, [new EventShape("Join", 1), new EventShape("Leave", 2), new EventShape("Say", 3)], [new EventShape("Said", 4), new EventShape("Typing", 5)]);

    [Fact]
    public void Identical_NumbersAreTheCompiledIds()
    {
        var numbers = EventNumbers.Identical(7, s_client, Side.Client, ContractAgreement.Identical);
        Assert.Equal(new EventRoute(7, 2), numbers.RouteOf(2));
        Assert.Equal(1, numbers.ToLocal(1, s_client, 2));
        Assert.Same(ContractAgreement.Identical, numbers.Agreement);
        AssertUnknown(numbers, 2);
        AssertUnknown(numbers, uint.MaxValue);
    }

    [Fact]
    public void Mapped_NumbersAreTheServers_ByName()
    {
        var numbers = Mapped();
        Assert.Equal(new EventRoute(7, 1), numbers.RouteOf(0));
        Assert.Null(numbers.RouteOf(1));
        Assert.Equal(new EventRoute(7, 2), numbers.RouteOf(2));
        Assert.Equal([-1, 0, -1], Enumerable.Range(0, 3).Select(number => numbers.ToLocal((uint)number, s_client, 2)));
        AssertUnknown(numbers, 3);
        AssertUnknown(numbers, uint.MaxValue);
    }

    [Fact]
    public void Mapped_TellsWhatDiffers()
    {
        var agreement = Mapped().Agreement;
        Assert.Equal(["Leave"], agreement.MissingRemotely);
        Assert.Equal(["Alarm", "Warned"], agreement.MissingLocally);
        Assert.Equal(["Say", "Said"], agreement.ShapeChanged);
        Assert.Equal(["Alive", "Typing"], agreement.Unused);
        Assert.False(agreement.IsIdentical);
    }

    /// <summary>It used to count as identical: nothing that the client may send or is sent is missing.</summary>
    [Fact]
    public void Mapped_ToAServerThatHandlesMore_IsNotIdentical() =>
        Assert.False(EventMap.Compare(s_client, s_client with { ServerEvents = [.. s_client.ServerEvents, new EventShape("Zoom", 9)] }).Agreement.IsIdentical);

    [Fact]
    public void Mapped_ToTheSameEvents_IsIdentical() => Assert.True(EventMap.Compare(s_client, s_client).Agreement.IsIdentical);

    /// <summary>They used to be sent all the same, and read as whatever their bytes happened to be.</summary>
    [Fact]
    public void Mapped_EventsThatWouldBeMisread_HaveNoNumber()
    {
        var map = EventMap.Compare(s_client with { Description = Description("String", "Int32") }, Server("Int32", "String"));
        var numbers = EventNumbers.Mapped(7, s_client, map);

        Assert.Equal(
            [
                new IncompatibleEvent("Say", Side.Server, "has its parameter 'it' as 'Int32' instead of 'String'"),
                new IncompatibleEvent("Said", Side.Client, "has its parameter 'it' as 'String' instead of 'Int32'"),
            ],
            map.Agreement.Incompatible);
        Assert.Null(numbers.RouteOf(2));
        Assert.Equal(-1, numbers.ToLocal(1, s_client, 2));
        Assert.Equal("the server's build of the contract has its parameter 'it' as 'Int32' instead of 'String', and one end would misread it.", numbers.WhyNot("Say"));
        Assert.Equal("the peer's build of the contract does not have it.", numbers.WhyNot("Leave"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("contract IChat")]
    [InlineData("contract IChat \"/chat\"\n  server Say(it")]
    public void Mapped_ToADescriptionThatCannotBeRead_RisksNothing(string description)
    {
        var map = EventMap.Compare(s_client with { Description = Description("String", "Int32") }, Server("String", "Int32") with { Description = description });

        Assert.Equal(["Say", "Said"], map.Agreement.Incompatible.Select(item => item.Event));
        Assert.Equal([1, -1, -1], map.ToServer);
    }

    /// <summary>On the server, for one client: its events keep their numbers, but for those that the client cannot read.</summary>
    [Fact]
    public void For_AnAgreement_WithholdsWhatTheClientCannotRead()
    {
        var server = EventNumbers.Identical(7, s_client, Side.Server, ContractAgreement.Identical);
        var numbers = server.For(new ContractAgreement(["Typing"], [], ["Said", "Say"]) { Incompatible = [new IncompatibleEvent("Said", Side.Client, "x"), new IncompatibleEvent("Say", Side.Server, "y")] });

        Assert.Null(numbers.RouteOf(0));
        Assert.Null(numbers.RouteOf(1));
        Assert.Equal(2, numbers.ToLocal(2, s_client, 3));
        Assert.NotNull(server.For(new ContractAgreement([], [], ["Said"]) { Incompatible = [new IncompatibleEvent("Said", Side.Server, "x")] }).RouteOf(0));
    }

    private static EventNumbers Mapped() => EventNumbers.Mapped(
        7,
        s_client,
        EventMap.Compare(s_client with { Description = Description("String", "Int32") }, Server("String", "Int32")));

    private static ContractShape Server(string say, string said) => s_client with
    {
        ServerEvents = [new EventShape("Alive", 9), new EventShape("Join", 1), new EventShape("Say", 33)],
        ClientEvents = [new EventShape("Alarm", 8), new EventShape("Said", 44), new EventShape("Warned", 6)],
        Description = Description(say, said),
    };

    private static string Description(string say, string said) => $"contract IChat \"/chat\"\n  server Say(it: {say})\n  client Said(it: {said})";

    private static void AssertUnknown(EventNumbers numbers, uint number) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => numbers.ToLocal(number, s_client, s_client.ClientEvents.Count)).Reason);
}

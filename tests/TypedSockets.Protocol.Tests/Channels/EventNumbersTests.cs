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
        Assert.Equal(0, numbers.ToLocal(1, s_client, 2));
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
        Assert.False(agreement.IsIdentical);
    }

    [Fact]
    public void Mapped_ToTheSameEvents_IsIdentical() => Assert.True(EventNumbers.Mapped(7, s_client, s_client.ServerEvents, s_client.ClientEvents).Agreement.IsIdentical);

    private static EventNumbers Mapped() => EventNumbers.Mapped(
        7,
        s_client,
        [new EventShape("Alive", 9), new EventShape("Join", 1), new EventShape("Say", 33)],
        [new EventShape("Alarm", 8), new EventShape("Said", 44), new EventShape("Warned", 6)]);

    private static void AssertUnknown(EventNumbers numbers, uint number) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => numbers.ToLocal(number, s_client, s_client.ClientEvents.Count)).Reason);
}

using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>What dispatchers do with the arguments of peers that have another build of the contract, or none.</summary>
public sealed class DispatchTests
{
    private readonly CallsHandler _handler = new();
    private readonly Loopback _loopback;
    private readonly ICallsServer _proxy;

    public DispatchTests()
    {
        _loopback = new Loopback(ICallsServer.Contract.CreateServerDispatcher(_handler));
        _proxy = ICallsServer.Contract.CreateServerProxy(_loopback);
    }

    [Fact]
    public void OneWay_CallsTheHandler()
    {
        _proxy.OneWay("hi");

        Assert.Equal("OneWay(hi)", _handler.Last);
        // An array of one string of two bytes.
        Assert.Equal([0x91, 0xa2, (byte)'h', (byte)'i'], _loopback.Arguments);
    }

    [Fact]
    public void OneWay_WithCancelledToken_SendsNothing()
    {
        Assert.Throws<OperationCanceledException>(() => _proxy.OneWayWithToken(new CancellationToken(canceled: true)));
        Assert.Null(_handler.Last);

        _proxy.OneWayWithToken(CancellationToken.None);
        Assert.Equal("OneWayWithToken()", _handler.Last);
        Assert.Equal([0x90], _loopback.Arguments);
    }

    [Fact]
    public async Task Acknowledged_CompletesWithoutAValue()
    {
        await _proxy.Acknowledged(TestContext.Current.CancellationToken);
        Assert.Equal("Acknowledged()", _handler.Last);
        Assert.Null(_loopback.Answer);

        await _proxy.AcknowledgedByValue(3);
        Assert.Equal("AcknowledgedByValue(3)", _handler.Last);
        Assert.Null(_loopback.Answer);
    }

    [Fact]
    public async Task Reply_BringsTheValueBack()
    {
        Assert.Equal(8, await _proxy.Reply(7, TestContext.Current.CancellationToken));
        Assert.Equal([8], _loopback.Answer!);

        Assert.Equal("text!", await _proxy.ReplyOrNull("text"));
        Assert.Null(await _proxy.ReplyOrNull(null));
        Assert.Equal([0xc0], _loopback.Answer!);
    }

    [Fact]
    public async Task Token_OfTheRequest_ReachesTheHandler()
    {
        using var source = new CancellationTokenSource();
        await _proxy.Acknowledged(source.Token);

        Assert.Equal(source.Token, _handler.Token);
    }

    [Fact]
    public void NamesThatGeneratedCodeUses_DoNotClash()
    {
        _proxy.Names("a", 1, "b", 2, true, false, true, false, "c", 3);
        Assert.Equal("Names(a, 1, b, 2, True, False, True, False, c, 3)", _handler.Last);

        _proxy.ToString(4);
        Assert.Equal("ToString(4)", _handler.Last);
    }

    [Fact]
    public void Overloads_WithWireNames_AreDifferentEvents()
    {
        _proxy.Overload(1);
        Assert.Equal("Overload(1)", _handler.Last);

        _proxy.Overload("one");
        Assert.Equal("Overload(one)", _handler.Last);
    }

    [Fact]
    public void EventOfABaseInterface_TravelsInBothDirections()
    {
        _proxy.Shared(1);
        Assert.Equal("Shared(1)", _handler.Last);

        var client = new ClientHandler();
        ICallsServer.Contract.CreateClientProxy(new Loopback(ICallsServer.Contract.CreateClientDispatcher(client))).Shared(2);
        Assert.Equal(2, client.Number);
    }

    [Fact]
    public void MissingArguments_TakeTheirDefaults()
    {
        // An array of one string: what a caller sends whose contract has only the first parameter.
        Deliver("Defaults", 0x91, 0xa1, (byte)'t');

        Assert.Equal("Defaults(t, -7, -9223372036854775808, NaN, 0.5, 1.50, ', \"\\\n, True, 3, Green, Green, , , 00:00:00, something)", _handler.Last);
    }

    [Fact]
    public void Nil_ForANullableArgumentWithADefault_IsNull()
    {
        _proxy.Defaults("t", maybe: null, something: null);

        Assert.Equal("Defaults(t, -7, -9223372036854775808, NaN, 0.5, 1.50, ', \"\\\n, True, 3, Green, , , , 00:00:00, )", _handler.Last);
    }

    [Fact]
    public void ArgumentsThatThisEndDoesNotKnow_AreSkipped()
    {
        Deliver("OneWay", 0x93, 0xa1, (byte)'t', 0x92, 0x01, 0x02, 0xc0);

        Assert.Equal("OneWay(t)", _handler.Last);
    }

    [Theory]
    [InlineData("nothing is sent for a text", "OneWay", new byte[] { 0x90 })]
    [InlineData("nil is sent for a text", "OneWay", new byte[] { 0x91, 0xc0 })]
    [InlineData("a number is sent for a text", "OneWay", new byte[] { 0x91, 0x01 })]
    [InlineData("no array is sent", "OneWay", new byte[] { 0x01 })]
    [InlineData("the array is cut off", "OneWay", new byte[] { 0x92, 0xa0 })]
    [InlineData("bytes follow", "OneWay", new byte[] { 0x91, 0xa0, 0x00 })]
    [InlineData("nothing is sent at all", "Acknowledged", new byte[0])]
    public void UnreadableArguments_ThrowAndDoNotReachTheHandler(string why, string wireName, byte[] arguments)
    {
        Assert.NotEmpty(why);
        Assert.Throws<PayloadException>(() => Deliver(wireName, arguments));
        Assert.Null(_handler.Last);
    }

    [Fact]
    public void MissingArgument_IsNamedByItsPath()
    {
        var exception = Assert.Throws<PayloadException>(() => Deliver("OneWay", 0x90));

        Assert.Contains("'OneWay.text'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownEventId_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Dispatch(ICallsServer.Contract.Shape.ServerEvents.Count, 0x90));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dispatch(-1, 0x90));
    }

    [Fact]
    public void Shape_ListsTheEventsByOrdinalWireName()
    {
        var shape = ICallsServer.Contract.Shape;
        var names = shape.ServerEvents.Select(item => item.Name).ToList();

        Assert.Equal((nameof(ICallsServer), "/"), (shape.Name, shape.Namespace));
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("overload-1", names);
        Assert.DoesNotContain("Describe", names);
        Assert.Equal(["OneWay", "Shared"], shape.ClientEvents.Select(item => item.Name));
        Assert.Same(shape, ICallsServer.Contract.Shape);
    }

    private void Deliver(string wireName, params byte[] arguments) =>
        Dispatch(ICallsServer.Contract.Shape.ServerEvents.Select(item => item.Name).ToList().IndexOf(wireName), arguments);

    private void Dispatch(int eventId, params byte[] arguments)
    {
        var call = new EventCall(new Loopback.Replies(CancellationToken.None), eventId, null);
        Assert.True(_loopback.Deliver(eventId, arguments, call).IsCompletedSuccessfully);
    }

    private sealed class ClientHandler : ICallsClient
    {
        public int Number { get; private set; }

        public void OneWay(string text) => Assert.Fail("Not sent.");

        public void Shared(int number) => Number = number;
    }
}

using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed partial class EventChannelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handler_EndingWithADeclaredFault_IsAnsweredWithIt_AndNotReported(bool isLate)
    {
        var gate = new TaskCompletionSource();
        _handler = (_, _, call) => isLate ? call.Complete(FailAsync()) : throw new FaultException<int>(5);
        ReceiveRequest(TestContract.Add, 9, 1);
        gate.SetResult();
        Assert.Equal(["Fault 0 9 9405c0a7" + Hex("TooMany") + "05"], _host.Sent);
        Assert.Empty(_host.Faults);

        async Task FailAsync()
        {
            await gate.Task;
            throw new FaultException<int>(5);
        }
    }

    [Fact]
    public void Handler_EndingWithAFaultThatTheEventDoesNotDeclare_IsReportedHere_AndHiddenThere()
    {
        _handler = (_, value, _) => value == 1 ? throw new FaultException<int>(5) : throw new FaultException<long>(5);
        ReceiveRequest(TestContract.Say, 9, 1);
        ReceiveRequest(TestContract.Add, 8, 2);
        Assert.Equal(["Fault 0 9 9200c0", "Fault 0 8 9200c0"], _host.Sent);
        Assert.Equal(
            [
                "ITest.Say: Event 'ITest.Say' does not declare the fault that its handler threw, so its caller is not told. The handler ended with the fault 'Int32'.",
                "ITest.Add: Event 'ITest.Add' does not declare the fault that its handler threw, so its caller is not told. The handler ended with the fault 'Int64'.",
            ],
            _host.Faults);
    }

    [Fact]
    public void Fault_ThatNobodyWaitsFor_IsNotSent()
    {
        _handler = (_, _, _) => throw new FaultException<int>(5);
        ReceiveEvent(TestContract.Add, 1);
        Assert.Empty(_host.Sent);
        Assert.Empty(_host.Faults);
    }

    [Fact]
    public void Fault_LargerThanThePeerAccepts_IsOneOfThatKind()
    {
        _handler = (_, _, _) => throw new FaultException<string>(new string('x', 2_000));
        ReceiveRequest(TestContract.Add, 9, 1);
        Assert.StartsWith("Fault 0 9 9202", Assert.Single(_host.Sent), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_ThatCannotBeWritten_IsReported_AndTheCallerToldThatTheHandlerFailed()
    {
        _handler = (_, _, _) => throw new FaultException<string>(null!);
        ReceiveRequest(TestContract.Add, 9, 1);
        Assert.Equal(["Fault 0 9 9200c0"], _host.Sent);
        Assert.StartsWith("ITest.Add: ", Assert.Single(_host.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_ThatThisEndDeclares_IsTyped()
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Receive(NamespacePacketType.Fault, 0, 0, [0x94, 5, 0xc0, 0xaa, .. "NotAMember"u8, 0xa1, (byte)'x']);
        var exception = await Assert.ThrowsAsync<RemoteFaultException<string>>(() => answer.AsTask());
        Assert.Equal(("ITest.Ask", RemoteFault.Declared, "NotAMember", "x"), (exception.Event, exception.Fault, exception.FaultName, exception.Value));
    }

    /// <summary>A newer peer has declared one more, whose value may be anything and anything may follow.</summary>
    [Theory]
    [InlineData("9405c0a34e657705")]
    [InlineData("9505c0a34e657792c0c3c2")]
    [InlineData("9305c0a34e6577")]
    public async Task Fault_ThatThisEndDoesNotDeclare_ComesWithItsName(string hex)
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        if (hex.StartsWith("93", StringComparison.Ordinal))
        {
            // A fault without a value is none.
            Assert.Throws<PacketException>(() => Receive(NamespacePacketType.Fault, 0, 0, Convert.FromHexString(hex)));
            await Assert.ThrowsAsync<PayloadException>(() => answer.AsTask());
            return;
        }

        Receive(NamespacePacketType.Fault, 0, 0, Convert.FromHexString(hex));
        var exception = await Assert.ThrowsAsync<RemoteException>(() => answer.AsTask());
        Assert.Equal((RemoteFault.Declared, "New"), (exception.Fault, exception.FaultName));
        Assert.Contains("'New'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_OfAnotherType_EndsTheSessionAndFailsTheCaller()
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        var exception = Assert.Throws<PacketException>(() => Receive(NamespacePacketType.Fault, 0, 0, [0x94, 5, 0xc0, 0xa7, .. "TooMany"u8, 0xa1, (byte)'x']));
        Assert.StartsWith("The fault of 'ITest.Ask' cannot be read", Assert.IsType<ParseError>(exception.Reason).Detail, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PayloadException>(() => answer.AsTask());
    }

    [Fact]
    public async Task Answer_ThatComesTwice_IsTakenOnce()
    {
        var answer = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        Receive(NamespacePacketType.Ack, 0, 0, [8]);
        Receive(NamespacePacketType.Fault, 0, 0, [0xc1]);
        Assert.Equal(7, await answer);
        // And the number's next use has an answer of its own.
        var next = _channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(5), CancellationToken.None);
        Receive(NamespacePacketType.Ack, 0, 0, [9]);
        Assert.Equal(9, await next);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));
}

using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>The client's end, whose build of the contract is older than the server's: it lacks the server's event "Newest", which is number 2 there.</summary>
public sealed partial class EventChannelTests
{
    private const uint Newest = 2;

    private static readonly EventShape[] s_serverSends = [new EventShape("Ask", 3), new EventShape("Said", 4), new EventShape("Zoomed", 5)];

    /// <summary>The event used to end the session, so that a new server event threw out every old client.</summary>
    [Fact]
    public void Event_ThatOnlyThePeersBuildHas_IsLetBe()
    {
        StartOlderClient();
        Receive(NamespacePacketType.Event, Newest, null, [0x91, 0x01]);
        Receive(NamespacePacketType.Event, TestContract.Said, null, [0x91, 0x07]);
        Assert.Equal(["1 7"], _handled);
        Assert.Empty(_host.Closed);
    }

    [Fact]
    public void Request_ThatOnlyThePeersBuildHas_IsAnsweredWithAFault()
    {
        StartOlderClient();
        Receive(NamespacePacketType.Request, Newest, 5, [0x91, 0x01]);
        Assert.Equal(["Fault 0 5 9203c0"], _host.Sent);
        Assert.Empty(_handled);
    }

    private void StartOlderClient()
    {
        var numbers = EventNumbers.Mapped(TestContract.Namespace, TestContract.Shape, EventMap.Compare(TestContract.Shape, TestContract.Shape with { ClientEvents = s_serverSends }));
        Assert.Equal(["Zoomed"], numbers.Agreement.MissingLocally);
        _channel = new EventChannel(_host, Side.Client, TestContract.Shape, numbers, s_options, callbackContext: null);
        _channel.Start(new TestDispatcher((eventId, value, call) => _handler(eventId, value, call)), null);
    }
}

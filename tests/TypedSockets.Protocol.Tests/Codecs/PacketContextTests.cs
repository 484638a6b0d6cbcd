using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Tests.Codecs.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs;

/// <summary>CONTEXT packets of ts1, right and wrong, on a session.</summary>
public sealed class PacketContextTests : IDisposable
{
    // REQUEST, namespace 0, event 0, ack 9, [5]
    private const string Request = "060500000991" + "05";

    private readonly TimingWheel _wheel = new(TimeProvider.System, TimeSpan.FromMilliseconds(100));

    public void Dispose() => _wheel.Dispose();

    [Theory]
    [InlineData("020e00", "nothing is said")]
    [InlineData("060e00" + "0102e807", "a second")]
    [InlineData("090e00" + "0105ffffffff0f", "the longest time")]
    [InlineData("080e00" + "02020102" + "0101" + "05", "a key of the future in front")]
    [InlineData("0c0e00" + "ff01" + "03010203" + "0102e807" + "7f00", "keys of the future around it")]
    public void Context_InFrontOfARequest_LeavesItAsItIs(string context, string why)
    {
        Assert.NotEmpty(why);
        var connection = Connect();
        connection.Binary(Convert.FromHexString(Fit(context) + Request));
        Assert.Equal(["0 5"], connection.Calls);
        Assert.Null(connection.Reason);
    }

    [Fact]
    public void Context_WithADeadlineOfZero_AnswersTheRequestUnhandled_AndTheNextIsHandled()
    {
        var connection = Connect();
        connection.Binary(Convert.FromHexString("050e00" + "010100" + Request + Request));
        Assert.Equal(["0 5"], connection.Calls);
        Assert.Equal("06070009" + "9201c0", connection.Wire.Sent[0]);
        Assert.Null(connection.Reason);
    }

    [Theory]
    [InlineData("050e00" + "010105", "is the last of its message")]
    [InlineData("050e00" + "010105" + "020e00" + Request, "stands in front of a packet of type Context")]
    [InlineData("050e01" + "010105" + Request, "stands in front of a packet of type Request of namespace number 0")]
    [InlineData("050e00" + "010205" + Request, "an entry is cut short")]
    [InlineData("030e00" + "01" + Request, "an entry is cut short")]
    [InlineData("070e00" + "ffffffff7f" + Request, "an entry is cut short")]
    [InlineData("040e00" + "0100" + Request, "its deadline is no number of 32 bits")]
    [InlineData("060e00" + "01020505" + Request, "its deadline is no number of 32 bits")]
    [InlineData("090e00" + "0105ffffffff7f" + Request, "its deadline is no number of 32 bits")]
    [InlineData("021200" + Request, "its type 18 is unknown")]
    [InlineData("021300" + Request, "its type 19 is unknown")]
    public void Context_ThatIsWrong_IsAParseErrorThatSaysSo(string message, string why)
    {
        var connection = Connect();
        connection.Binary(Convert.FromHexString(message));
        Assert.Contains(why, Assert.IsType<ParseError>(connection.Reason).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("0 5", connection.Calls);
    }

    [Fact]
    public void Context_OfANamespaceThatIsNotConnected_IsAForcedClose()
    {
        var connection = Connect();
        connection.Binary(Convert.FromHexString("050e07" + "010105" + "06050700099105"));
        Assert.IsType<ForcedClose>(connection.Reason);
    }

    /// <summary>It says nothing about packets that it is not meant for, and they are handled as ever.</summary>
    [Fact]
    public void Context_InFrontOfAnEvent_IsLetBe()
    {
        var connection = Connect();
        connection.Binary(Convert.FromHexString("050e00" + "010100" + "05040000" + "9105"));
        Assert.Equal(["0 5"], connection.Calls);
    }

    // The length in front of the packet, for cases whose author should not have to count.
    private static string Fit(string packet) => ((packet.Length / 2) - 1).ToString("x2", System.Globalization.CultureInfo.InvariantCulture) + packet[2..];

    private TestConnection Connect()
    {
        var patience = TimeSpan.FromSeconds(25);
        return new TestConnection(Side.Server, new ServerSession(patience, patience, patience, patience), new RecordingTransport(), _wheel, EventCodec.Ts1);
    }
}

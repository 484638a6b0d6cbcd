using System.Text;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Tests.Channels;
using TypedSockets.Testing;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>What a session makes of packets that Socket.IO's ends do not send: what ends it, and why on each side, and what it bears.</summary>
public sealed class EventConnectionTests : IDisposable
{
    private readonly TimingWheel _wheel = new(new ManualTime(), TimeSpan.FromMilliseconds(100));

    public static TheoryData<string, string[]> Violations { get; } = new()
    {
        { "no type", [""] },
        { "unknown type", ["9"] },
        { "event of a namespace that begins with no slash", ["2test,[\"Add\",1]"] },
        { "an id beyond 32 bits", ["2/test,4294967296[\"Add\",1]"] },
        { "an id of a hundred digits", [$"2/test,{new string('9', 100)}[\"Add\",1]"] },
        { "an acknowledgement with a huge id", [$"3/test,{new string('9', 100)}[]"] },
        { "arguments that end too soon", ["2/test,[\"Add\",1"] },
        { "arguments that are no JSON", ["2/test,[\"Add\",tru]"] },
        { "arguments that are no JSON, for nobody", ["2/test,[\"Unheard\",tru]"] },
        { "arguments that end too soon, for nobody", ["2/test,7[\"Unheard\",[1]"] },
        { "an object for an array", ["2/test,{\"0\":\"Add\"}"] },
        { "an empty array", ["2/test,[]"] },
        { "a reserved name", ["2/test,[\"disconnect\"]"] },
        { "a name that is no string", ["2/test,[{}]"] },
        { "a DISCONNECT with a payload", ["1/test,{}"] },
        { "a CONNECT with an array", ["0/test,[]"] },
        { "no attachments announced", ["50-/test,[\"Add\"]"] },
        { "a hundred attachments announced", ["5100-/test,[\"Add\"]"] },
        { "attachments of a count that is none", ["5x-/test,[\"Add\"]"] },
        { "text where attachments are to come", ["51-/test,[\"Add\",{\"_placeholder\":true,\"num\":0}]", "2/test,[\"Add\",1]"] },
        { "a placeholder beyond the attachments", ["51-/test,[\"Add\",{\"_placeholder\":true,\"num\":1}]"] },
        { "a placeholder before the attachments", ["51-/test,[\"Add\",{\"_placeholder\":true,\"num\":-1}]"] },
        { "bytes that nothing announced", ["b:00"] },
        { "more bytes than were announced", ["51-/test,[\"Say\",{\"_placeholder\":true,\"num\":0}]", "b:01", "b:02"] },
        { "an acknowledgement with bytes that is no JSON", ["61-/test,1[{\"_placeholder\":tr"] },
    };

    public void Dispose() => _wheel.Dispose();

    [Theory]
    [MemberData(nameof(Violations))]
    public void Violation_EndsTheSession_AsSocketIONamesItOnEachSide(string what, string[] messages)
    {
        foreach (var side in (Side[])[Side.Server, Side.Client])
        {
            var connection = Connect(side);
            Send(connection, side is Side.Server ? messages : [.. messages.Select(AsServer)]);
            Assert.True(connection.Reason is not null, what);
            Assert.Equal((side is Side.Server ? DisconnectCode.ForcedClose : DisconnectCode.ParseError, Initiator.Local), (connection.Reason.Code, connection.Reason.Initiator));
            Assert.Equal(side is Side.Server ? "forced close" : "parse error", connection.Reason.ToSocketIO(side));
            Assert.True(connection.Wire.IsClosed);
            // Nothing more is looked at.
            connection.Calls.Clear();
            Send(connection, ["2/test,[\"Add\",1]", "b:00"]);
            Assert.Empty(connection.Calls);
        }
    }

    /// <summary>A server may have sent such a packet before it knew that this client had left; a client knows where it is.</summary>
    [Theory]
    [InlineData("2/other,[\"a\"]")]
    [InlineData("2[\"Add\",1]")]
    [InlineData("1/other,")]
    [InlineData("3/other,1[]")]
    public void Packet_OfANamespaceThatIsNotJoined_EndsTheSessionOfAServer(string message)
    {
        var server = Connect(Side.Server);
        server.Text(message);
        Assert.IsType<ForcedClose>(server.Reason);
        var client = Connect(Side.Client);
        client.Text(message);
        Assert.Null(client.Reason);
        Assert.Empty(client.Calls);
    }

    [Theory]
    [InlineData("2/test,[\"Unheard\",1]")]
    [InlineData("2/test,[\"__proto__\",{\"__proto__\":{\"polluted\":true}}]")]
    [InlineData("2/test,[7]")]
    [InlineData("3/test,99[]")]
    [InlineData("3/test,[]")]
    public void Packet_ThatIsNobodys_IsLetBe(string message)
    {
        foreach (var side in (Side[])[Side.Server, Side.Client])
        {
            var connection = Connect(side);
            connection.Text(message);
            Assert.Null(connection.Reason);
            Assert.Empty(connection.Calls);
            Assert.Empty(connection.Wire.Sent);
        }
    }

    [Theory]
    [InlineData("[\"Add\",\"one\"]")]
    [InlineData("[\"Add\"]")]
    [InlineData("[\"Add\",null]")]
    [InlineData("[\"Add\",1.5]")]
    [InlineData("[\"Add\",4294967296]")]
    [InlineData("[\"Add\",{\"__proto__\":1}]")]
    public void Arguments_OfOtherTypes_AreRefusedAlone(string payload)
    {
        var connection = Connect(Side.Server);
        connection.Text($"2/test,4294967295{payload}");
        connection.Text("2/test,[\"Add\",2]");
        Assert.Null(connection.Reason);
        Assert.Equal(["refused ITest.Add", "0 2"], connection.Calls);
        Assert.StartsWith("43/test,4294967295[{\"$fault\":\"InvalidArguments\",", Assert.Single(connection.Wire.Sent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(400, true)]
    public void Depth_IsBoundedWhereItIsRead(int depth, bool isRefused)
    {
        var connection = Connect(Side.Server);
        connection.Text($"2/test,[\"Add\",{new string('[', depth)}{new string(']', depth)}]");
        Assert.Null(connection.Reason);
        Assert.Equal(isRefused ? ["refused ITest.Add"] : [], connection.Calls);
    }

    [Fact]
    public void Depth_OfAThousand_IsBornOrEndsTheSession_AndNothingElse()
    {
        var connection = Connect(Side.Server);
        connection.Text($"2/test,[\"Add\",{new string('[', 950)}{new string(']', 950)}]");
        Assert.True(connection.Reason is null or ForcedClose);
        var binary = Connect(Side.Server);
        binary.Text($"51-/test,[\"Add\",{new string('[', 950)}{new string(']', 950)}]");
        Assert.IsType<ForcedClose>(binary.Reason);
    }

    [Fact]
    public void Message_BeyondMaxPayload_EndsTheSession_OnAnyTransport()
    {
        var exact = Connect(Side.Server);
        exact.Text(Padded(TestConnection.MaxBytes - 1));
        Assert.Null(exact.Reason);
        var text = Connect(Side.Server);
        text.Text(Padded(TestConnection.MaxBytes));
        Assert.Equal((TestConnection.MaxBytes + 1L, (long)TestConnection.MaxBytes), (Assert.IsType<PayloadTooLarge>(text.Reason).Bytes, ((PayloadTooLarge)text.Reason).Limit));
        var binary = Connect(Side.Server, EventCodec.SocketIOMessagePack);
        binary.Binary(new byte[TestConnection.MaxBytes + 1]);
        Assert.IsType<PayloadTooLarge>(binary.Reason);
    }

    /// <summary>Ten attachments of the largest size would be ten times what a session may hold.</summary>
    [Fact]
    public void Attachments_CountTogetherAgainstMaxPayload()
    {
        var connection = Connect(Side.Server);
        connection.Text("53-/test,[\"Say\",{\"_placeholder\":true,\"num\":0}]");
        connection.Binary(new byte[900]);
        connection.Binary(new byte[900]);
        Assert.Null(connection.Reason);
        connection.Binary(new byte[900]);
        Assert.IsType<PayloadTooLarge>(connection.Reason);
    }

    [Fact]
    public void Attachments_ThatDoNotCome_HoldNothingBack()
    {
        var connection = Connect(Side.Server);
        connection.Text("51-/test,[\"Add\",{\"_placeholder\":true,\"num\":0}]");
        ((Protocol.Transports.IPacketReceiver)connection).OnText("3"u8);
        Assert.Null(connection.Reason);
        connection.Binary(1);
        // Bytes are no number: refused, when they are complete.
        Assert.Equal(["refused ITest.Add"], connection.Calls);
        connection.Text("2/test,[\"Add\",5]");
        Assert.Equal(["refused ITest.Add", "0 5"], connection.Calls);
    }

    [Fact]
    public void FirstMessage_TellsTheCodec_AndTheOtherKindIsAViolationThen()
    {
        var messagePack = Connect(Side.Server, EventCodec.SocketIO);
        messagePack.Binary([0x83, .. Pair("type", 2), 0xa3, .. "nsp"u8, 0xa5, .. "/test"u8, 0xa4, .. "data"u8, 0x92, 0xa3, .. "Add"u8, 6]);
        Assert.Equal((EventCodec.SocketIOMessagePack, null), (messagePack.Codec, messagePack.Reason));
        Assert.Equal(["0 6"], messagePack.Calls);
        messagePack.Text("2/test,[\"Add\",1]");
        Assert.IsType<ForcedClose>(messagePack.Reason);

        var text = Connect(Side.Server, EventCodec.SocketIO);
        text.Text("2/test,[\"Add\",1]");
        Assert.Equal(EventCodec.SocketIOText, text.Codec);
        text.Binary(0x82);
        Assert.IsType<ForcedClose>(text.Reason);

        var garbage = Connect(Side.Server, EventCodec.SocketIO);
        garbage.Binary(0xc1);
        Assert.IsType<ForcedClose>(garbage.Reason);
    }

    [Fact]
    public void Disconnect_EndsTheNamespace_AsTheOtherSidesWish()
    {
        var server = Connect(Side.Server);
        server.Text("1/test,");
        Assert.Equal(["left ClientDisconnect"], server.Calls);
        Assert.Equal(Initiator.Remote, Assert.IsType<ClientDisconnect>(server.Channel.Ended).Initiator);
        // What the client sent before it heard of it.
        server.Text("2/test,[\"Add\",1]");
        server.Text("1/test,");
        Assert.Equal(["left ClientDisconnect"], server.Calls);
        Assert.Null(server.Reason);

        var client = Connect(Side.Client);
        client.Text("1/test,");
        Assert.Equal(Initiator.Remote, Assert.IsType<ServerDisconnect>(client.Channel.Ended).Initiator);
    }

    [Fact]
    public async Task Request_IsAnsweredOnce_AndALateAnswerIsNobodys()
    {
        var connection = Connect(Side.Server);
        var answer = connection.Channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(3), TestContext.Current.CancellationToken);
        Assert.Equal("42/test,0[\"Ask\",3]", Assert.Single(connection.Wire.Sent));
        connection.Text("3/test,0[4]");
        Assert.Equal(4, await answer);
        connection.Text("3/test,0[5]");
        Assert.Null(connection.Reason);

        using var source = new CancellationTokenSource();
        var given = connection.Channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(3), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.AsTask());
        // The peer cannot be told; its answer does not hit the request after.
        var number = connection.Wire.Sent[^1][8..].Split('[')[0];
        var next = connection.Channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(9), TestContext.Current.CancellationToken);
        connection.Text($"3/test,{number}[5]");
        Assert.False(next.IsCompleted);
        Assert.Equal(3, connection.Wire.Sent.Count);

        // Another type than expected is the caller's trouble alone, what is no JSON everybody's.
        connection.Text($"3/test,{connection.Wire.Sent[^1][8..].Split('[')[0]}[\"text\"]");
        await Assert.ThrowsAsync<Formats.PayloadException>(() => next.AsTask());
        Assert.Null(connection.Reason);
    }

    [Fact]
    public void Fault_ThatTheEventDeclares_AcknowledgesWithItsNameAndData()
    {
        var text = Connect(Side.Server);
        text.Fails = new FaultException<int>(5);
        text.Text("2/test,9[\"Add\",1]");
        text.Fails = new FaultException<string>("x");
        text.Text("2/test,10[\"Add\",1]");
        text.Text("2/test,11[\"Say\",1]");
        Assert.Equal(
            [
                "43/test,9[{\"$fault\":\"Declared\",\"name\":\"TooMany\",\"data\":5}]",
                "43/test,10[{\"$fault\":\"Declared\",\"name\":\"NotAMember\",\"data\":\"x\"}]",
                "43/test,11[{\"$fault\":\"HandlerFailed\"}]",
            ],
            text.Wire.Sent);
        // The one that Say does not declare is reported.
        Assert.Equal(["0 1", "0 1", "1 1", "fault ITest.Say"], text.Calls);

        var messagePack = Connect(Side.Server, EventCodec.SocketIOMessagePack);
        messagePack.Fails = new FaultException<int>(5);
        messagePack.Binary([0x84, .. Pair("type", 2), 0xa3, .. "nsp"u8, 0xa5, .. "/test"u8, 0xa4, .. "data"u8, 0x92, 0xa3, .. "Add"u8, 6, .. Pair("id", 9)]);
        var data = Convert.ToHexStringLower([0x91, 0x83, 0xa6, .. "$fault"u8, 0xa8, .. "Declared"u8, 0xa4, .. "name"u8, 0xa7, .. "TooMany"u8, .. Pair("data", 5)]);
        Assert.EndsWith(data, Assert.Single(messagePack.Wire.Sent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":\"TooMany\",\"data\":5}]", "TooMany 5")]
    [InlineData("[{\"$fault\":\"Declared\",\"data\":5,\"more\":[1],\"name\":\"TooMany\"}]", "TooMany 5")]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":\"New\",\"data\":{\"a\":[1]}}]", "New")]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":\"New\"}]", "New")]
    [InlineData("[{\"$fault\":\"Declared\"}]", "")]
    [InlineData("[{\"$fault\":\"OfTheFuture\",\"name\":\"TooMany\",\"data\":5}]", "")]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":\"TooMany\",\"data\":\"x\"}]", "PayloadException")]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":\"TooMany\"}]", "PayloadException")]
    [InlineData("[{\"$fault\":\"Declared\",\"name\":5}]", "PayloadException")]
    public async Task Fault_OfThePeer_IsWhatItSays_AndTheSessionStays(string payload, string expected)
    {
        var connection = Connect(Side.Server);
        var answer = connection.Channel.Request<IntArguments, int, IntCodec>(TestContract.Ask, new IntArguments(3), TestContext.Current.CancellationToken).AsTask();
        connection.Text($"3/test,0{payload}");
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => answer);
        Assert.Equal(expected, exception switch
        {
            RemoteFaultException<int> declared => $"{declared.FaultName} {declared.Value}",
            RemoteException remote => remote.FaultName ?? "",
            _ => exception.GetType().Name,
        });
        Assert.Null(connection.Reason);
    }

    // What a server sends has the names of the client's events.
    private static string AsServer(string message) => message.Replace("\"Add\"", "\"Ask\"", StringComparison.Ordinal).Replace("\"Say\"", "\"Said\"", StringComparison.Ordinal);

    private static void Send(TestConnection connection, string[] messages)
    {
        foreach (var message in messages)
        {
            if (message.StartsWith("b:", StringComparison.Ordinal))
            {
                connection.Binary(Convert.FromHexString(message[2..]));
            }
            else
            {
                connection.Text(message);
            }
        }
    }

    private static string Padded(int length) => $"2/test,[\"Add\",1,\"{new string('x', length - Encoding.UTF8.GetByteCount("2/test,[\"Add\",1,\"\"]"))}\"]";

    private static byte[] Pair(string name, byte value) => [(byte)(0xa0 + name.Length), .. Encoding.UTF8.GetBytes(name), value];

    private TestConnection Connect(Side side, EventCodec codec = EventCodec.SocketIOText)
    {
        var (patience, transport) = (TimeSpan.FromSeconds(25), new RecordingTransport());
        Session session = side is Side.Server ? new ServerSession(patience, patience, patience, patience) : new ClientSession(patience, patience);
        return new TestConnection(side, session, transport, _wheel, codec);
    }
}

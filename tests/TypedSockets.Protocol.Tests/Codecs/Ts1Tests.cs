using System.Text;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Tests.Channels;

namespace TypedSockets.Protocol.Tests.Codecs;

public sealed class Ts1Tests
{
    private static readonly ContractShape s_shape = new("IChat", "/chat", 5, [new EventShape("Join", 7), new EventShape("Say", 8)], [new EventShape("Said", ulong.MaxValue)]);

    public static TheoryData<uint> Numbers => [0, 127, 128, 70_000, uint.MaxValue];

    /// <summary>The example of docs/protocol/ts1.md.</summary>
    [Fact]
    public void Event_IsTheExampleOfTheDocument() =>
        Assert.Equal("07040002" + "91a26869", Convert.ToHexStringLower(Write(buffer => Ts1Writer.WriteEvent(buffer, new EventRoute(0, 2), new TextArguments("hi")).ToArray())));

    [Theory]
    [InlineData("04060109" + "05", 0)]
    [InlineData("03060109", 1)]
    [InlineData("03080109", 2)]
    [InlineData("06070109" + "9202c0", 3)]
    [InlineData("0707010992" + "00a178", 4)]
    [InlineData("0a0001" + "92a52f63686174" + "05", 5)]
    [InlineData("070101" + "9201a26964", 6)]
    [InlineData("221101" + "93" + "9292a44a6f696e0792a353617908" + "9192a453616964cfffffffffffffffff" + "a0", 7)]
    [InlineData("0703019464c0c0c0", 8)]
    [InlineData("0a0900" + "94cd012da162c0c0", 9)]
    [InlineData("06050102099105", 10)]
    [InlineData("050e010101" + "05" + "06050102099105", 11)]
    [InlineData("090e010105" + "ffffffff0f" + "06050102099105", 12)]
    [InlineData("0b070109" + "9405c0a3" + "4f6464" + "05", 13)]
    [InlineData("050a010900" + "05", 14)]
    [InlineData("040b010902", 15)]
    [InlineData("070b010902" + "9208c0", 16)]
    [InlineData("070c010900" + "208001", 17)]
    [InlineData("040d010902", 18)]
    [InlineData("1d0001" + "94a52f63686174" + "05" + "c0" + "95" + "91a141" + "90" + "91a142" + "9193a142c3a178" + "91a143", 19)]
    [InlineData("09070109930cc0cd05dc", 20)]
    [InlineData("060f0091cdea60", 21)]
    [InlineData("06100091a26162", 22)]
    public void Packet_HasTheBytesOfTheDocument(string hex, int packet)
    {
        Func<PayloadBuffer, byte[]>[] packets =
        [
            buffer => Ts1Writer.WriteReply<int, IntCodec>(buffer, 1, 9, 5).ToArray(),
            buffer => Ts1Writer.WriteAck(buffer, 1, 9).ToArray(),
            buffer => Ts1Writer.WriteCancel(buffer, 1, 9).ToArray(),
            buffer => Ts1Writer.WriteFault(buffer, 1, 9, RemoteFault.ResultTooLarge, null).ToArray(),
            buffer => Ts1Writer.WriteFault(buffer, 1, 9, RemoteFault.HandlerFailed, "x").ToArray(),
            buffer => Ts1Writer.WriteConnect(buffer, 1, "/chat", 5).ToArray(),
            buffer => Ts1Writer.WriteConnected(buffer, 1, 1, "id").ToArray(),
            buffer => Ts1Writer.WriteCompare(buffer, 1, s_shape).ToArray(),
            buffer => Ts1Writer.WriteReason(buffer, NamespacePacketType.Disconnect, 1, new ClientDisconnect()).ToArray(),
            buffer => Ts1Writer.WriteReason(buffer, NamespacePacketType.Close, 0, new ForcedClose("b")).ToArray(),
            buffer => Ts1Writer.WriteRequest(buffer, new EventRoute(1, 2), 9, new IntArguments(5)).ToArray(),
            buffer => Ts1Writer.WriteRequest(buffer, new EventRoute(1, 2), 9, new IntArguments(5), 5).ToArray(),
            buffer => Ts1Writer.WriteRequest(buffer, new EventRoute(1, 2), 9, new IntArguments(5), uint.MaxValue).ToArray(),
            buffer => Ts1Writer.WriteFault<int, IntCodec>(buffer, 1, 9, "Odd", 5).ToArray(),
            WriteItem,
            buffer => Ts1Writer.WriteStreamEnd(buffer, 1, 9, 2, null, null).ToArray(),
            buffer => Ts1Writer.WriteStreamEnd(buffer, 1, 9, 2, RemoteFault.StreamFailed, null).ToArray(),
            buffer => Ts1Writer.WriteStreamCredit(buffer, 1, 9, 0, 32, 128).ToArray(),
            buffer => Ts1Writer.WriteStreamCancel(buffer, 1, 9, 2).ToArray(),
            buffer => Ts1Writer.WriteConnect(buffer, 1, "/chat", 5, agreement: new ContractAgreement(["A"], [], ["B"]) { Incompatible = [new IncompatibleEvent("B", Side.Server, "x")], Unused = ["C"] }).ToArray(),
            buffer => Ts1Writer.WriteFault(buffer, 1, 9, RemoteFault.RateLimited, null, TimeSpan.FromSeconds(1.5)).ToArray(),
            buffer => Ts1Writer.WriteTokenWanted(buffer, TimeSpan.FromMinutes(1)).ToArray(),
            buffer => Ts1Writer.WriteToken(buffer, "ab").ToArray(),
        ];
        Assert.Equal(hex, Convert.ToHexStringLower(Write(packets[packet])));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_OfEverySize_RoundTrip(uint number)
    {
        var route = new EventRoute(number, number);
        AssertPacket(buffer => Ts1Writer.WriteEvent(buffer, route, new IntArguments(5)).ToArray(), NamespacePacketType.Event, number, number, null, [0x91, 5]);
        AssertPacket(buffer => Ts1Writer.WriteRequest(buffer, route, number, new IntArguments(5)).ToArray(), NamespacePacketType.Request, number, number, number, [0x91, 5]);
        AssertPacket(buffer => Ts1Writer.WriteReply<int, IntCodec>(buffer, number, number, 5).ToArray(), NamespacePacketType.Ack, number, 0, number, [5]);
        AssertPacket(buffer => Ts1Writer.WriteStreamCredit(buffer, number, number, (int)(number & int.MaxValue), 1, 2).ToArray(), NamespacePacketType.StreamCredit, number, number & int.MaxValue, null, [1, 2]);
        AssertPacket(buffer => Ts1Writer.WriteAck(buffer, number, number).ToArray(), NamespacePacketType.Ack, number, 0, number, []);
        AssertPacket(buffer => Ts1Writer.WriteCancel(buffer, number, number).ToArray(), NamespacePacketType.Cancel, number, 0, number, []);
        AssertPacket(buffer => Ts1Writer.WriteFault(buffer, number, number, RemoteFault.Canceled, null).ToArray(), NamespacePacketType.Fault, number, 0, number, [0x92, 1, 0xc0]);
        AssertPacket(buffer => Ts1Writer.WriteConnect(buffer, number, "/", 1).ToArray(), NamespacePacketType.Connect, number, 0, null, [0x92, 0xa1, (byte)'/', 1]);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(120)]
    [InlineData(130)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public void Packet_OfAnyLength_HasTheLengthInFront(int characters)
    {
        var text = new string('x', characters);
        var packet = Write(buffer => Ts1Writer.WriteEvent(buffer, new EventRoute(0, 0), new TextArguments(text)).ToArray());
        ReadOnlySpan<byte> message = packet;
        Assert.True(Varint.TryRead(ref message, out var length));
        Assert.Equal((uint)message.Length, length);
        Assert.Equal([(byte)NamespacePacketType.Event, 0, 0, 0x91], message[..4].ToArray());
        Assert.Equal(text, Encoding.ASCII.GetString(message[^characters..]));
    }

    [Fact]
    public void Batch_IsReadPacketByPacket()
    {
        byte[] batch =
        [
            .. Write(buffer => Ts1Writer.WriteEvent(buffer, new EventRoute(0, 1), new IntArguments(5)).ToArray()),
            .. Write(buffer => Ts1Writer.WriteAck(buffer, 0, 2).ToArray()),
            .. Write(buffer => Ts1Writer.WriteCancel(buffer, 0, 3).ToArray()),
        ];
        ReadOnlySpan<byte> message = batch;
        Assert.Equal(1u, Ts1Reader.Read(ref message).EventNumber);
        Assert.Equal(2u, Ts1Reader.Read(ref message).AckId);
        Assert.Equal(3u, Ts1Reader.Read(ref message).AckId);
        Assert.True(message.IsEmpty);
    }

    [Fact]
    public void Truncation_AtEveryPoint_IsAParseError()
    {
        var packet = Write(buffer => Ts1Writer.WriteRequest(buffer, new EventRoute(300, 300), 300, new TextArguments("a text")).ToArray());
        for (var length = 0; length < packet.Length; length++)
        {
            AssertUnreadable(packet[..length]);
        }
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0104")]
    [InlineData("ffffffff0f0400")]
    [InlineData("ffffffffff0f0400")]
    [InlineData("808080808000")]
    [InlineData("020a00")]
    [InlineData("021200")]
    [InlineData("02ff00")]
    [InlineData("020400")]
    [InlineData("03050000")]
    [InlineData("020600")]
    [InlineData("0304ff00")]
    [InlineData("0704ffffffff7f00")]
    [InlineData("03040080")]
    public void Packet_ThatIsNone_IsAParseError(string hex) => AssertUnreadable(Convert.FromHexString(hex));

    [Fact]
    public void RandomBytes_EndInPacketsOrAParseError()
    {
        const int Seed = 1;
        var random = new Random(Seed);
        var bytes = new byte[32];
        for (var round = 0; round < 200_000; round++)
        {
            random.NextBytes(bytes);
            // Mostly small, as lengths and numbers are.
            bytes[0] &= 0x1f;
            bytes[1] &= 0x0f;
            ReadOnlySpan<byte> message = bytes.AsSpan(0, random.Next(bytes.Length));
            try
            {
                while (!message.IsEmpty)
                {
                    var before = message.Length;
                    Ts1Reader.Read(ref message);
                    Assert.True(message.Length < before);
                }
            }
            catch (PacketException exception)
            {
                Assert.IsType<ParseError>(exception.Reason);
            }
        }
    }

    [Fact]
    public void EventTable_RoundTrips()
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        EventTable.Write(ref writer, s_shape with { Description = "contract A \"/a\"" });
        writer.Flush();
        var table = EventTable.Read(buffer.Written, PayloadLimits.Default, s_shape with { ServerEvents = [], ClientEvents = [] });
        Assert.Equal(s_shape.ServerEvents, table.ServerEvents);
        Assert.Equal(s_shape.ClientEvents, table.ClientEvents);
        Assert.Equal("contract A \"/a\"", table.Description);
    }

    /// <summary>A later revision may say more about an event, and about the contract.</summary>
    [Fact]
    public void EventTable_WithMoreValuesThanAreKnown_IsRead()
    {
        var table = EventTable.Read([0x94, 0x91, 0x93, 0xa1, (byte)'a', 0x05, 0xc3, 0x90, 0xa0, 0xc0], PayloadLimits.Default, s_shape);
        Assert.Equal([new EventShape("a", 5)], table.ServerEvents);
        Assert.Empty(table.ClientEvents);
    }

    private static byte[] WriteItem(PayloadBuffer buffer)
    {
        var items = StreamSource.Of<int, IntCodec>(AsyncEnumerable.Repeat(5, 1)).Open(TestContext.Current.CancellationToken);
        var isFound = items.MoveNextAsync();
        Assert.True(isFound.IsCompletedSuccessfully && isFound.Result);
        var packet = Ts1Writer.WriteStreamItem(buffer, 1, 9, 0, items, out var size).ToArray();
        Assert.Equal(1, size);
        return packet;
    }

    /// <summary>What one end misses is what the other has.</summary>
    [Fact]
    public void Agreement_CrossesTheWire_AsTheOtherEndSeesIt()
    {
        var agreement = new ContractAgreement(["A"], ["B", "C"], ["D"]) { Incompatible = [new IncompatibleEvent("D", Side.Client, "has changed")], Unused = ["E"] };
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        AgreementCodec.Write(ref writer, agreement);
        writer.Flush();
        var read = AgreementCodec.Read(buffer.Written, PayloadLimits.Default);
        Assert.Equal(["B", "C"], read.MissingRemotely);
        Assert.Equal(["A"], read.MissingLocally);
        Assert.Equal(["D"], read.ShapeChanged);
        Assert.Equal(agreement.Incompatible, read.Incompatible);
        Assert.Equal(["E"], read.Unused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("94909090" + "90")]
    [InlineData("9591a1419090")]
    [InlineData("95919090909090")]
    [InlineData("9590909091c090")]
    [InlineData("95dd7fffffff90909090")]
    public void Bytes_ThatAreNoAgreement_AreUnreadable(string hex) =>
        Assert.Throws<PayloadException>(() => AgreementCodec.Read(Convert.FromHexString(hex), PayloadLimits.Default));

    private static byte[] Write(Func<PayloadBuffer, byte[]> write)
    {
        using var buffer = PayloadBuffer.Rent();
        return write(buffer);
    }

    private static void AssertPacket(Func<PayloadBuffer, byte[]> write, NamespacePacketType type, uint @namespace, uint @event, uint? ack, byte[] payload)
    {
        ReadOnlySpan<byte> message = Write(write);
        var packet = Ts1Reader.Read(ref message);
        Assert.True(message.IsEmpty);
        Assert.Equal((type, @namespace, @event, ack), (packet.Type, packet.NamespaceNumber, packet.EventNumber, packet.AckId));
        Assert.True(packet.Payload.SequenceEqual(payload));
    }

    private static void AssertUnreadable(byte[] bytes)
    {
        var exception = Assert.Throws<PacketException>(() =>
        {
            ReadOnlySpan<byte> message = bytes;
            Ts1Reader.Read(ref message);
        });
        Assert.IsType<ParseError>(exception.Reason);
    }
}

using System.Text;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed class FrameReaderTests
{
    private const long Limit = 100_000;

    private static readonly int[] s_lengths = [0, 1, 7, 125, 126, 127, 65_535, 65_536];

    public static TheoryData<Side, int> Lengths() => [.. from side in Enum.GetValues<Side>() from length in s_lengths select (side, length)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Message_WholeByteByByteAndAtEverySplit_IsTheSame(Side side, int length)
    {
        var message = Enumerable.Range(0, length).Select(index => (byte)(index * 7)).ToArray();
        var text = new string('x', length);
        byte[] bytes = [.. Build(side, Opcode.Binary, message), .. Build(side, Opcode.Text, Encoding.UTF8.GetBytes(text))];
        string[] expected = [RecordingReceiver.Binary(message), RecordingReceiver.Text(text)];
        Assert.Equal(expected, Arrival.AtOnce(Reader(side), [[.. bytes]]));
        Assert.Equal(expected, Arrival.AtOnce(Reader(side), Arrival.EachByte(bytes)));
        foreach (var position in SplitPoints(bytes.Length))
        {
            Assert.Equal(expected, Arrival.AtOnce(Reader(side), Arrival.SplitAt(bytes, position)));
            Assert.Equal(expected, Arrival.OneByOne(Reader(side), Arrival.SplitAt(bytes, position)));
        }

        if (length <= 127)
        {
            Assert.Equal(expected, Arrival.OneByOne(Reader(side), Arrival.EachByte(bytes)));
        }
    }

    [Theory]
    [InlineData(Side.Client)]
    [InlineData(Side.Server)]
    public void FragmentsWithControlFramesBetween_HoweverTheyArrive_AreOneMessage(Side side)
    {
        byte[] bytes =
        [
            .. Build(side, Opcode.Text, "a€"u8[..2], isFinal: false),
            .. Build(side, Opcode.Ping, "1"u8),
            .. Build(side, Opcode.Continuation, "a€"u8[2..3], isFinal: false),
            .. Build(side, Opcode.Continuation, [], isFinal: false),
            .. Build(side, Opcode.Pong, "unsolicited"u8),
            .. Build(side, Opcode.Continuation, "a€"u8[3..]),
            .. Build(side, Opcode.Binary, [], isFinal: false),
            .. Build(side, Opcode.Continuation, []),
            .. Build(side, Opcode.Binary, [1, 2, 3]),
            .. Build(side, Opcode.Close, [0x03, 0xe9, (byte)'b', (byte)'y', (byte)'e']),
            .. Build(side, Opcode.Binary, "behind the close frame"u8),
        ];
        string[] expected = ["ping 1", "text a€", "binary ", "binary 010203", "close 1001 bye"];
        Assert.Equal(expected, Arrival.AtOnce(Reader(side), [[.. bytes]]));
        Assert.Equal(expected, Arrival.OneByOne(Reader(side), Arrival.EachByte(bytes)));
        for (var position = 0; position <= bytes.Length; position++)
        {
            Assert.Equal(expected, Arrival.AtOnce(Reader(side), Arrival.SplitAt(bytes, position)));
            Assert.Equal(expected, Arrival.OneByOne(Reader(side), Arrival.SplitAt(bytes, position)));
        }
    }

    /// <summary>A pipe may give a sequence whose first segment is used up; the frame behind it must be found.</summary>
    [Fact]
    public void Frame_EndingAtTheSegmentsBorder_LeavesTheNextOneReadable()
    {
        var frame = Build(Side.Server, Opcode.Binary, [1, 2, 3]);
        Assert.Equal(["binary 010203", "binary 010203"], Arrival.AtOnce(Reader(Side.Server), [[.. frame], [], [.. frame]]));
        Assert.Equal(["binary 010203", "binary 010203"], Arrival.OneByOne(Reader(Side.Server), [[.. frame], [], [.. frame]]));
    }

    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    public void Mask_ThatTheSideMustNotUse_IsAViolation(Side side)
    {
        var violation = AssertViolation(side, Frames.Build(Opcode.Binary, [1], isMasked: side is Side.Client));
        Assert.Equal(CloseCode.ProtocolError, violation.CloseCode);
        Assert.Contains("§5.1", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c200")]
    [InlineData("a200")]
    [InlineData("9200")]
    [InlineData("8300")]
    [InlineData("8400")]
    [InlineData("8500")]
    [InlineData("8600")]
    [InlineData("8700")]
    [InlineData("8b00")]
    [InlineData("8c00")]
    [InlineData("8d00")]
    [InlineData("8e00")]
    [InlineData("8f00")]
    [InlineData("0800")]
    [InlineData("0900")]
    [InlineData("0a00")]
    [InlineData("897e007e")]
    [InlineData("887e007e")]
    [InlineData("8a7f0000000000000001")]
    [InlineData("827e007d")]
    [InlineData("827f000000000000ffff")]
    [InlineData("827f8000000000000000")]
    [InlineData("827fffffffffffffffff")]
    [InlineData("8000")]
    [InlineData("0000")]
    [InlineData("02008200")]
    [InlineData("02000100")]
    [InlineData("880100")]
    [InlineData("880203e7")]
    [InlineData("880203ec")]
    [InlineData("880203ed")]
    [InlineData("880203ee")]
    [InlineData("880203f7")]
    [InlineData("88020bb7")]
    [InlineData("88021388")]
    public void Frame_ThatRfc6455Forbids_IsAProtocolError(string hex)
    {
        var violation = AssertViolation(Side.Client, Convert.FromHexString(hex));
        Assert.Equal(CloseCode.ProtocolError, violation.CloseCode);
        Assert.IsType<ParseError>(violation.Reason);
        Assert.Contains("RFC 6455", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void CloseCode_ThatMayBeSent_IsRead(int code) =>
        Assert.Equal([$"close {code} "], Arrival.AtOnce(Reader(Side.Client), [[0x88, 0x02, (byte)(code >> 8), (byte)code]]));

    [Fact]
    public void Close_WithoutAPayload_HasNoCode() => Assert.Equal(["close  "], Arrival.AtOnce(Reader(Side.Client), [[0x88, 0x00]]));

    [Fact]
    public void Read_AfterTheCloseFrame_FindsNothingMore()
    {
        var reader = Reader(Side.Client);
        Assert.Equal(["close  "], Arrival.AtOnce(reader, [[0x88, 0x00]]));
        Assert.Empty(Arrival.AtOnce(reader, [[0x82, 0x01, 0x00]]));
    }

    [Theory]
    [InlineData("8101ff")]
    [InlineData("8102e282")]
    [InlineData("8103eda080")]
    [InlineData("0102e2828001ac8100")]
    [InlineData("0102e2828001ff")]
    [InlineData("880303e8ff")]
    public void Text_OfInvalidUtf8_IsAnInvalidPayload(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        if (hex.EndsWith("8100", StringComparison.Ordinal))
        {
            // The fragments are valid together; the control.
            Assert.Equal(["text €", "text "], Arrival.AtOnce(Reader(Side.Client), [bytes]));
            return;
        }

        Assert.Equal(CloseCode.InvalidPayload, AssertViolation(Side.Client, bytes).CloseCode);
    }

    [Fact]
    public void Message_OverTheLimit_IsRefusedBeforeItsPayloadArrives()
    {
        Assert.Single(Arrival.AtOnce(new FrameReader(Side.Client, 300), [Frames.Build(Opcode.Binary, new byte[300], isMasked: false)]));
        var violation = AssertViolation(new FrameReader(Side.Client, 300), [0x82, 126, 0x01, 0x2d]);
        Assert.Equal(CloseCode.MessageTooBig, violation.CloseCode);
        Assert.Equal(new PayloadTooLarge(301, 300), violation.Reason);
    }

    [Fact]
    public void Fragments_OverTheLimitTogether_AreRefused()
    {
        byte[] start = [.. Frames.Build(Opcode.Binary, new byte[200], isMasked: false, isFinal: false)];
        Assert.Single(Arrival.AtOnce(new FrameReader(Side.Client, 300), [[.. start, .. Frames.Build(Opcode.Continuation, new byte[100], isMasked: false)]]));
        var violation = AssertViolation(new FrameReader(Side.Client, 300), [.. start, 0x80, 101]);
        Assert.Equal(new PayloadTooLarge(301, 300), violation.Reason);
    }

    /// <summary>The sum of a fragment's claimed length and what was there before used to turn negative.</summary>
    [Fact]
    public void Fragment_ClaimingTheLargestLength_IsRefusedWithASizeThatMakesSense()
    {
        byte[] bytes = [0x02, 0x01, 0x00, 0x80, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        Assert.Equal(new PayloadTooLarge(long.MaxValue, Limit), AssertViolation(Side.Client, bytes).Reason);
    }

    [Fact]
    public void ControlFrame_BetweenFragmentsAtTheLimit_DoesNotCount()
    {
        byte[] bytes = [.. Frames.Build(Opcode.Binary, new byte[300], isMasked: false, isFinal: false), 0x89, 0x01, (byte)'p', 0x80, 0x00];
        Assert.Equal(["ping p", RecordingReceiver.Binary(new byte[300])], Arrival.AtOnce(new FrameReader(Side.Client, 300), [bytes]));
    }

    [Fact]
    public void RandomAndMutatedBytes_EndInMessagesOrAViolation()
    {
        const int Rounds = 100_000;
        const int Seed = 6_455;
        var random = new Random(Seed);
        byte[] original =
        [
            .. Build(Side.Server, Opcode.Text, "a text"u8),
            .. Build(Side.Server, Opcode.Binary, new byte[130], isFinal: false),
            .. Build(Side.Server, Opcode.Ping, "p"u8),
            .. Build(Side.Server, Opcode.Continuation, new byte[20]),
            .. Build(Side.Server, Opcode.Close, [0x03, 0xe8]),
        ];
        var violations = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = round % 2 == 0 ? [.. original] : new byte[random.Next(64)];
            if (round % 2 != 0)
            {
                random.NextBytes(bytes);
            }

            for (var change = random.Next(1, 3); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Arrival.AtOnce(new FrameReader(round % 3 == 0 ? Side.Client : Side.Server, 1_000), Arrival.SplitAt(bytes, random.Next(bytes.Length + 1)));
            }
            catch (FrameViolationException)
            {
                violations++;
            }
        }

        Assert.InRange(violations, Rounds / 3, Rounds - 1);
    }

    private static FrameReader Reader(Side side) => new(side, Limit);

    private static byte[] Build(Side reader, Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true) => Frames.Build(opcode, payload, reader is Side.Server, isFinal);

    private static IEnumerable<int> SplitPoints(int length) => Enumerable.Range(0, length + 1).Where(position => length < 1_000 || position < 20 || position > length - 20 || position % 5_003 == 0);

    private static FrameViolationException AssertViolation(Side side, byte[] bytes) => AssertViolation(Reader(side), bytes);

    private static FrameViolationException AssertViolation(FrameReader reader, byte[] bytes) => Assert.Throws<FrameViolationException>(() => Arrival.AtOnce(reader, [bytes]));
}

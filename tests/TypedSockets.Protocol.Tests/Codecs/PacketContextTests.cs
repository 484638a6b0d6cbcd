using System.Diagnostics;
using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Codecs;

/// <summary>What is said about a packet. Somebody listens to activities here, since a trace is read for listeners only.</summary>
[Collection(nameof(ListeningTests))]
public sealed class PacketContextTests : IDisposable
{
    private const string Say = "07040002" + "91a26869";
    private const string Trace = "000102030405060708090a0b0c0d0e0f" + "1011121314151617" + "01";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == Telemetry.Name,
        Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public PacketContextTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    /// <summary>The example of docs/protocol/ts1.md.</summary>
    [Fact]
    public void Context_OfTheDocument_IsReadWithThePacketBehindIt()
    {
        var packet = Read("1d0e000219" + Trace + Say + Say, out var rest);
        Assert.Equal((NamespacePacketType.Event, 2u), (packet.Type, packet.EventNumber));
        var caller = PacketContext.Read(packet.Context)!.Caller;
        Assert.Equal("000102030405060708090a0b0c0d0e0f", caller.TraceId.ToHexString());
        Assert.Equal("1011121314151617", caller.SpanId.ToHexString());
        Assert.Equal((ActivityTraceFlags.Recorded, null, true), (caller.TraceFlags, caller.TraceState, caller.IsRemote));
        Assert.Equal(Say, rest);
        Assert.True(Read(rest, out _).Context.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("vendor=ü")]
    [InlineData("512")]
    public void Write_AnActivity_IsReadAsItsContext(string? state)
    {
        state = state == "512" ? new string('s', 512) : state;
        using var activity = Telemetry.Source.StartActivity("A")!;
        activity.TraceStateString = state;
        using var buffer = PayloadBuffer.Rent();
        PacketContext.Write(buffer, 300, activity);
        var packet = Read(Convert.ToHexString(buffer.Written) + "0804ac02" + "02" + "91a26869", out _);
        Assert.Equal((activity.TraceId, activity.SpanId, state), CallerOf(packet.Context));
    }

    [Fact]
    public void Write_ATraceStateThatIsTooLong_LeavesItOut()
    {
        using var activity = Telemetry.Source.StartActivity("A")!;
        activity.TraceStateString = new string('s', 513);
        using var buffer = PayloadBuffer.Rent();
        PacketContext.Write(buffer, 0, activity);
        Assert.Equal((activity.TraceId, activity.SpanId, null), CallerOf(Read(Convert.ToHexString(buffer.Written) + Say, out _).Context));
    }

    [Fact]
    public void Read_KeysThatAreNotKnown_AreSkipped() =>
        Assert.Equal("1011121314151617", PacketContext.Read(Convert.FromHexString("630161" + "8f7f00" + "0219" + Trace + "050103"))!.Caller.SpanId.ToHexString());

    [Theory]
    [InlineData("0218" + "000102030405060708090a0b0c0d0e0f" + "1011121314151617")]
    [InlineData("0219" + "00000000000000000000000000000000" + "1011121314151617" + "01")]
    [InlineData("0219" + "000102030405060708090a0b0c0d0e0f" + "0000000000000000" + "01")]
    [InlineData("")]
    [InlineData("0100")]
    public void Read_NoTrace_IsLetBe(string body) => Assert.Null(PacketContext.Read(Convert.FromHexString(body)));

    [Fact]
    public void Read_ATraceStateThatIsTooLong_IsLetBe()
    {
        byte[] body = [2, 0x9a, 4, .. Convert.FromHexString(Trace), .. Encoding.ASCII.GetBytes(new string('s', 513))];
        Assert.Null(PacketContext.Read(body)!.Caller.TraceState);
    }

    [Fact]
    public void Read_NobodyListens_NoTraceIsMade()
    {
        _listener.Dispose();
        Assert.Null(PacketContext.Read(Convert.FromHexString("0219" + Trace)));
    }

    [Fact]
    public void Read_CutShortAnywhere_IsAParseError()
    {
        var body = Convert.FromHexString("630161" + "0219" + Trace);
        int[] whole = [0, 3, body.Length];
        for (var length = 0; length < body.Length; length++)
        {
            if (!whole.Contains(length))
            {
                Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => PacketContext.Read(body.AsSpan(0, length))).Reason);
            }
        }
    }

    [Theory]
    [InlineData("1d0e000219" + Trace)]
    [InlineData("1d0e000219" + Trace + "020e00" + Say)]
    [InlineData("010e" + Say)]
    [InlineData("020e01" + Say)]
    public void Context_WithNothingToBeAbout_IsAParseError(string message) =>
        Assert.IsType<ParseError>(Assert.Throws<PacketException>(() => Read(message, out _)).Reason);

    [Fact]
    public void Read_AnyBytes_EndInAContextOrAParseError()
    {
        var random = new Random(7);
        var body = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(body);
            body[0] = (byte)(round % 4);
            try
            {
                PacketContext.Read(body.AsSpan(0, random.Next(body.Length)));
            }
            catch (PacketException exception)
            {
                Assert.IsType<ParseError>(exception.Reason);
            }
        }
    }

    private static (ActivityTraceId, ActivitySpanId, string?) CallerOf(ReadOnlySpan<byte> body)
    {
        var caller = PacketContext.Read(body)!.Caller;
        return (caller.TraceId, caller.SpanId, caller.TraceState);
    }

    private static NamespacePacket Read(string hex, out string rest)
    {
        ReadOnlySpan<byte> message = Convert.FromHexString(hex);
        var packet = Ts1Reader.Read(ref message);
        rest = Convert.ToHexStringLower(message);
        return packet;
    }
}

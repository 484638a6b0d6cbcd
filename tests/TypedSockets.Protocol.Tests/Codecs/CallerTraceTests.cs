using System.Diagnostics;
using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Codecs;

/// <summary>Which activity a packet belongs to. Somebody listens to activities here, since a trace is read for listeners only.</summary>
[Collection(nameof(ListeningTests))]
public sealed class CallerTraceTests : IDisposable
{
    private const string Trace = "000102030405060708090a0b0c0d0e0f" + "1011121314151617" + "01";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == Telemetry.Name,
        Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public CallerTraceTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    /// <summary>The example of docs/protocol/ts1.md.</summary>
    [Fact]
    public void Context_OfTheDocument_IsRead()
    {
        ReadOnlySpan<byte> message = Convert.FromHexString("1d0e000219" + Trace + "07040002" + "91a26869");
        var context = Ts1Reader.Read(ref message);
        Assert.Equal(NamespacePacketType.Context, context.Type);
        var (deadline, caller) = PacketContext.Read(context.Payload);
        Assert.Null(deadline);
        Assert.Equal("000102030405060708090a0b0c0d0e0f", caller!.Context.TraceId.ToHexString());
        Assert.Equal("1011121314151617", caller.Context.SpanId.ToHexString());
        Assert.Equal((ActivityTraceFlags.Recorded, null, true), (caller.Context.TraceFlags, caller.Context.TraceState, caller.Context.IsRemote));
        Assert.Equal(NamespacePacketType.Event, Ts1Reader.Read(ref message).Type);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("vendor=ü", 0u)]
    [InlineData("512", uint.MaxValue)]
    public void Write_AnActivity_IsReadAsItsContext(string? state, uint? deadline)
    {
        state = state == "512" ? new string('s', 512) : state;
        using var activity = Telemetry.Source.StartActivity("A")!;
        activity.TraceStateString = state;
        var context = Read(activity, uint.MaxValue, deadline);
        Assert.Equal(deadline, context.Deadline);
        Assert.Equal((activity.TraceId, activity.SpanId, state), (context.Caller!.Context.TraceId, context.Caller.Context.SpanId, context.Caller.Context.TraceState));
    }

    [Fact]
    public void Write_ATraceStateThatIsTooLong_LeavesItOut()
    {
        using var activity = Telemetry.Source.StartActivity("A")!;
        activity.TraceStateString = new string('s', 513);
        var caller = Read(activity, 0, null).Caller!.Context;
        Assert.Equal((activity.TraceId, activity.SpanId, null), (caller.TraceId, caller.SpanId, caller.TraceState));
    }

    [Theory]
    [InlineData("0218" + "000102030405060708090a0b0c0d0e0f" + "1011121314151617")]
    [InlineData("0219" + "00000000000000000000000000000000" + "1011121314151617" + "01")]
    [InlineData("0219" + "000102030405060708090a0b0c0d0e0f" + "0000000000000000" + "01")]
    [InlineData("")]
    public void Read_NoTrace_IsLetBe(string body) => Assert.Null(PacketContext.Read(Convert.FromHexString(body)).Caller);

    [Fact]
    public void Read_ATraceStateThatIsTooLong_IsLetBe()
    {
        byte[] value = [.. Convert.FromHexString(Trace), .. Encoding.ASCII.GetBytes(new string('s', 513))];
        Assert.Null(CallerTrace.Read(value)!.Context.TraceState);
    }

    [Fact]
    public void Read_NobodyListens_NoTraceIsMade()
    {
        _listener.Dispose();
        Assert.Null(PacketContext.Read(Convert.FromHexString("0219" + Trace)).Caller);
    }

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

    private static PacketContext Read(Activity activity, uint namespaceNumber, uint? deadline)
    {
        using var buffer = PayloadBuffer.Rent();
        PacketContext.Write(buffer, namespaceNumber, deadline, activity);
        Assert.InRange(buffer.Length, 1, PacketContext.MaxTracedSize);
        var message = buffer.Written;
        var packet = Ts1Reader.Read(ref message);
        Assert.Equal((NamespacePacketType.Context, namespaceNumber, 0), (packet.Type, packet.NamespaceNumber, message.Length));
        return PacketContext.Read(packet.Payload);
    }
}

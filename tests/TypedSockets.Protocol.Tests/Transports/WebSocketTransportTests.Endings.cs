using System.IO.Compression;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Tests.Framing;

namespace TypedSockets.Protocol.Tests.Transports;

/// <summary>A connection that breaks off at any byte ends its transport with a reason, and nothing hangs.</summary>
public abstract partial class WebSocketTransportTests
{
    private static readonly NegotiatedWebSocket s_deflate = NegotiatedWebSocket.Create(null, "permessage-deflate", new DeflateTerms(true, true, ThresholdBytes: 0, CompressionLevel.Fastest));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_BreaksOffAtAnyByte_EndsWithAReason(bool isReset)
    {
        var hello = Convert.FromHexString("f248cdc9c90700");
        byte[][] frames =
        [
            Frames.Build(Opcode.Text, "first"u8, _isMasked),
            Frames.Build(Opcode.Text, hello.AsSpan(0, 3), _isMasked, isFinal: false, reserved: 0x40),
            Frames.Build(Opcode.Ping, "p"u8, _isMasked),
            Frames.Build(Opcode.Continuation, hello.AsSpan(3), _isMasked),
            Frames.Build(Opcode.Binary, new byte[130], _isMasked),
            _closeFrame,
        ];
        var bytes = frames.SelectMany(frame => frame).ToArray();
        string[] packets = ["text first", "text Hello", $"binary {new string('0', 260)}"];
        int[] ends = [frames[0].Length, frames.Take(4).Sum(frame => frame.Length), frames.Take(5).Sum(frame => frame.Length)];
        for (var end = 0; end <= bytes.Length; end++)
        {
            var pair = new TransportPair(_side, s_deflate);
            await pair.ArriveAsync(bytes[..end]);
            var failure = isReset ? new IOException("reset") : null;
            var receiving = pair.ReceiveAsync();
            pair.EndArrival(failure);
            DisconnectReason expected = end == bytes.Length ? new TransportClose(1001, "bye") { Initiator = Initiator.Remote } : isReset ? new TransportError("reset", failure) : new TransportClose();
            Assert.Equal(expected, await receiving);
            await pair.FinishAsync();
            Assert.Equal(packets[..ends.Count(packet => packet <= end)], pair.Packets.Log);
        }
    }

    /// <summary>It used to reach into a connection that had been handed back, from a timer's thread, which ended the process.</summary>
    [Fact]
    public async Task Abort_AfterTheTransportHasFinished_LeavesTheConnectionAlone()
    {
        await _pair.ArriveAsync(_closeFrame);
        await _pair.ReceiveAsync();
        await _pair.FinishAsync();
        _pair.Transport.Abort();
        Assert.Equal(0, _pair.Aborts);
    }

    [Fact]
    public async Task CompressedMessages_ComeInAndGoOut_BesideOthers()
    {
        var pair = new TransportPair(_side, s_deflate);
        Assert.Equal("permessage-deflate", pair.Transport.Agreement?.Extensions);
        using var peer = new PeerDeflate(takesOver: true);
        byte[] message = [.. Enumerable.Range(0, 3_000).Select(index => (byte)(index / 9))];
        for (var round = 0; round < 3; round++)
        {
            await pair.ArriveAsync(Frames.Build(Opcode.Binary, peer.Compress(message), _isMasked, reserved: 0x40), Frames.Build(Opcode.Text, "plain"u8, _isMasked));
            Assert.True(pair.Transport.TrySendBinary(message));
        }

        await pair.ArriveAsync(_closeFrame);
        await pair.ReceiveAsync();
        await pair.FinishAsync();
        Assert.Equal(Enumerable.Repeat<string[]>([$"binary {Convert.ToHexStringLower(message)}", "text plain"], 3).SelectMany(packets => packets), pair.Packets.Log);
        var sent = await pair.SentAsync();
        Assert.All(sent.Take(3), frame => Assert.Equal(message, peer.Inflate(frame.Payload)));
        Assert.Equal([0x40, 0x40, 0x40, 0], sent.Select(frame => frame.Reserved));
    }
}

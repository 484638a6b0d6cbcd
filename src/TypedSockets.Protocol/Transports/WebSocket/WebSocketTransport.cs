using System.Buffers;
using System.IO.Pipelines;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Transports.WebSocket;

/// <summary>Carries packets in the frames of a WebSocket (RFC 6455) over a pair of pipes, after the handshake.</summary>
internal sealed class WebSocketTransport : PacketTransport, IMessageReceiver
{
    private readonly IDuplexPipe _pipe;
    private readonly Action _abort;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly WebSocketAgreement _agreement;
    private IPacketReceiver? _receiver;
    private volatile bool _isClosing;
    private volatile bool _isAborted;
    private volatile bool _isPaused;
    private bool _isFinished;
    private ClosePayload? _peerClose;

    /// <param name="pipe">The connection; the output must allow writing while a flush is pending, as <see cref="Pipe"/> does.</param>
    /// <param name="side">Which end this is.</param>
    /// <param name="maxMessageBytes">The largest message that is accepted.</param>
    /// <param name="maxQueuedBytes">How many bytes may wait to be sent.</param>
    /// <param name="abort">Cuts the connection below.</param>
    /// <param name="negotiated">What the handshake agreed on.</param>
    /// <param name="maxQueuedPackets">How many packets may wait to be sent.</param>
    public WebSocketTransport(IDuplexPipe pipe, Side side, long maxMessageBytes, long maxQueuedBytes, Action abort, NegotiatedWebSocket negotiated, int maxQueuedPackets = int.MaxValue)
    {
        _pipe = pipe;
        _abort = abort;
        _reader = new FrameReader(side, maxMessageBytes, negotiated.Deflate);
        _writer = new FrameWriter(pipe.Output, side, maxQueuedBytes, negotiated.Deflate, maxQueuedPackets);
        _agreement = negotiated.Agreement;
    }

    public override TransportKind Kind => TransportKind.WebSocket;

    public override WebSocketAgreement? Agreement => _agreement;

    public override long QueuedBytes => _writer.QueuedBytes;

    public override int QueuedPackets => _writer.QueuedPackets;

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => _writer.TryWriteBinary(part);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => _writer.TryWrite(isBinary ? Opcode.Binary : Opcode.Text, message);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm) => _writer.TryWrite(message, attachments, attachmentForm);

    public override bool TryOffer(scoped in OutgoingPacket packet) => _writer.TryOffer(packet);

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters) => _writer.Conflate(packet, key, counters);

    public override Task WhenSentAsync() => _writer.WhenFlushedAsync();

    public override void SendText(ReadOnlySpan<byte> packet) => _writer.Write(Opcode.Text, packet);

    public override void SendBinary(ReadOnlySpan<byte> part) => _writer.Write(Opcode.Binary, part);

    public override void SendAll(PacketQueue packets)
    {
        _writer.Cork();
        while (!packets.IsEmpty)
        {
            var packet = packets.Peek(out var isBinary);
            _writer.Write(isBinary ? Opcode.Binary : Opcode.Text, packet);
            packets.Remove();
        }

        _writer.Uncork();
    }

    public override void Cork() => _writer.Cork();

    public override void Uncork() => _writer.Uncork();

    public override async Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        _receiver = receiver;
        _isPaused = false;
        _reader.Resume();
        try
        {
            while (!_isClosing && !_isPaused)
            {
                var read = await _pipe.Input.ReadAsync().ConfigureAwait(false);
                var buffer = read.Buffer;
                if (!_isClosing && !_isPaused)
                {
                    Receive(ref buffer, receiver);
                }

                // What has not been looked at is looked at again: by the next receiver, or, because this end closes, for the peer's close frame, which nothing may follow.
                _pipe.Input.AdvanceTo(buffer.Start, _isClosing || _isPaused ? buffer.Start : buffer.End);
                if (_peerClose is { } close)
                {
                    return new TransportClose(close.Code, close.Text) { Initiator = Initiator.Remote };
                }

                if (read.IsCompleted && !_isPaused)
                {
                    return _isClosing ? null : new TransportClose();
                }

                await receiver.WhenReadyAsync().ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // What a connection's pipe throws when the connection is reset or aborted below.
            return _isClosing ? null : new TransportError(exception.Message, exception);
        }
    }

    public override void Wake() => _pipe.Input.CancelPendingRead();

    public override void Pause()
    {
        _isPaused = true;
        _reader.Pause();
        Wake();
    }

    public override void Close(int closeCode, string? text)
    {
        Span<byte> payload = stackalloc byte[FrameHeader.MaxControlPayload];
        var length = ClosePayload.Write(payload, closeCode, text);
        _writer.Write(Opcode.Close, payload[..length]);
        StopReceiving();
    }

    public override void Abort()
    {
        // A deadline that was met a moment ago may come when the connection has been handed back, and is somebody else's or gone.
        lock (_reader)
        {
            if (!_isFinished)
            {
                _isAborted = true;
                StopReceiving();
                _abort();
            }
        }
    }

    public override async Task FinishAsync()
    {
        try
        {
            if (_isClosing && !_reader.IsClosed)
            {
                await AwaitPeerCloseAsync().ConfigureAwait(false);
            }
            else if (_peerClose is { } close)
            {
                Echo(close);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection went down before the peer said goodbye; the reason is final already.
        }
        finally
        {
            _writer.End();
            _reader.Release();
            lock (_reader)
            {
                _isFinished = true;
            }
        }
    }

    void IMessageReceiver.OnText(ReadOnlySpan<byte> text)
    {
        if (!_isClosing)
        {
            _receiver!.OnText(text);
        }
    }

    void IMessageReceiver.OnBinary(ReadOnlySpan<byte> message)
    {
        if (!_isClosing)
        {
            _receiver!.OnBinary(message);
        }
    }

    void IMessageReceiver.OnPing(ReadOnlySpan<byte> payload) => _writer.Write(Opcode.Pong, payload);

    void IMessageReceiver.OnClose(ClosePayload close) => _peerClose = close;

    /// <summary>Hands one batch on; what handlers answer meanwhile is flushed once, at its end.</summary>
    private void Receive(ref ReadOnlySequence<byte> buffer, IPacketReceiver receiver)
    {
        _writer.Cork();
        try
        {
            _reader.Read(ref buffer, this);
        }
        catch (FrameViolationException violation)
        {
            receiver.OnViolation(violation.Reason, violation.CloseCode);
        }
        finally
        {
            _writer.Uncork();
        }
    }

    /// <summary>Reads on until the peer's close frame or the end, and drops all else. Closing at once with bytes unread would reset the connection, and the peer might never read why.</summary>
    private async Task AwaitPeerCloseAsync()
    {
        var scanner = default(CloseFrameScanner);
        while (!_isAborted)
        {
            var read = await _pipe.Input.ReadAsync().ConfigureAwait(false);
            var buffer = read.Buffer;
            var isFound = scanner.Scan(ref buffer);
            _pipe.Input.AdvanceTo(buffer.Start, buffer.End);
            if (isFound || read.IsCompleted)
            {
                return;
            }
        }
    }

    // RFC 6455 §5.5.1: the answer to a close frame usually carries the same code.
    private void Echo(ClosePayload close)
    {
        Span<byte> payload = stackalloc byte[FrameHeader.MaxControlPayload];
        var length = close.Code is { } code ? ClosePayload.Write(payload, code, null) : 0;
        _writer.Write(Opcode.Close, payload[..length]);
    }

    private void StopReceiving()
    {
        _isClosing = true;
        _pipe.Input.CancelPendingRead();
    }
}

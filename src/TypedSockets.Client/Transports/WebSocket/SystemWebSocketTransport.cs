using System.Net.WebSockets;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>Carries packets in the messages of a <see cref="System.Net.WebSockets.WebSocket"/>, for where frames are not ours to write, as in a browser.</summary>
internal sealed class SystemWebSocketTransport(System.Net.WebSockets.WebSocket socket, long maxMessageBytes, long maxQueuedBytes) : PacketTransport, IAsyncDisposable
{
    private const int InitialBuffer = 4096;

    private readonly Lock _gate = new();
    private readonly LinkedList<OutgoingMessage> _outgoing = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _sending = Task.CompletedTask;
    private bool _isSending;
    private byte[] _buffer = new byte[InitialBuffer];
    private Task<ValueWebSocketReceiveResult>? _receiving;
    private long _queuedBytes;
    private (int Code, string? Text)? _close;
    private volatile bool _isClosing;
    private volatile bool _isPaused;
    private volatile bool _isPeerClosed;

    public override TransportKind Kind => TransportKind.WebSocket;

    public override WebSocketAgreement? Agreement { get; } = string.IsNullOrEmpty(socket.SubProtocol) ? WebSocketAgreement.Plain : new WebSocketAgreement(socket.SubProtocol, Extensions: null);

    public override long QueuedBytes => Volatile.Read(ref _queuedBytes);

    public override bool TrySendBinary(ReadOnlySpan<byte> part)
    {
        lock (_gate)
        {
            return TryEnqueue(WebSocketMessageType.Binary, part, joins: true);
        }
    }

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary)
    {
        lock (_gate)
        {
            return TryEnqueue(isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, message, joins: false);
        }
    }

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments)
    {
        lock (_gate)
        {
            if (!TryEnqueue(WebSocketMessageType.Text, message, joins: false))
            {
                return false;
            }

            foreach (var attachment in attachments)
            {
                Enqueue(WebSocketMessageType.Binary, attachment, joins: false);
            }

            return true;
        }
    }

    public override Task WhenSentAsync()
    {
        lock (_gate)
        {
            return _isSending ? _sending : Task.CompletedTask;
        }
    }

    public override void SendText(ReadOnlySpan<byte> packet)
    {
        lock (_gate)
        {
            Enqueue(WebSocketMessageType.Text, packet, joins: false);
        }
    }

    public override void SendBinary(ReadOnlySpan<byte> part)
    {
        lock (_gate)
        {
            Enqueue(WebSocketMessageType.Binary, part, joins: true);
        }
    }

    public override void SendAll(PacketQueue packets)
    {
        lock (_gate)
        {
            while (!packets.IsEmpty)
            {
                var packet = packets.Peek(out var isBinary);
                Enqueue(isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, packet, joins: false);
                packets.Remove();
            }
        }
    }

    public override async Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        var length = 0;
        _isPaused = false;
        try
        {
            // A message is handed on whole before another is asked for, so nothing of the next receiver's is lost when this one stops.
            while (!_isClosing && !(_isPaused && length == 0))
            {
                _receiving ??= socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask();
                await Task.WhenAny(_receiving, _wake.Task).ConfigureAwait(false);
                if (_isClosing)
                {
                    return null;
                }

                if (_receiving.IsCompleted)
                {
                    var result = await _receiving.ConfigureAwait(false);
                    _receiving = null;
                    if (result.MessageType is WebSocketMessageType.Close)
                    {
                        _isPeerClosed = true;
                        return new TransportClose((int?)socket.CloseStatus, string.IsNullOrEmpty(socket.CloseStatusDescription) ? null : socket.CloseStatusDescription) { Initiator = Initiator.Remote };
                    }

                    length = Take(result, length + result.Count, receiver);
                }

                if (_wake.Task.IsCompleted)
                {
                    _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                await receiver.WhenReadyAsync().ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // A browser tells scripts nothing about a connection that broke off, and so the exception has no message.
            return _isClosing ? null : exception.Message.Length == 0 ? new TransportClose() : new TransportError(exception.Message, exception);
        }
    }

    public override void Wake() => _wake.TrySetResult();

    public override void Pause()
    {
        _isPaused = true;
        Wake();
    }

    public override void Close(int closeCode, string? text)
    {
        lock (_gate)
        {
            _close = (closeCode, text);
            _isClosing = true;
            StartSendingUnsynchronized();
        }

        Wake();
    }

    public override void Abort()
    {
        _isClosing = true;
        socket.Abort();
        Wake();
    }

    public override async Task FinishAsync()
    {
        try
        {
            if (_isPeerClosed)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
                return;
            }

            await _sending.ConfigureAwait(false);
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                _receiving ??= socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask();
                var result = await _receiving.ConfigureAwait(false);
                _receiving = null;
                if (result.MessageType is WebSocketMessageType.Close)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection went down before the goodbyes were said; the reason is final already.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    /// <summary>Hands a whole message on, or makes room for the rest of it. Returns how many bytes of an unfinished message the buffer holds.</summary>
    private int Take(ValueWebSocketReceiveResult result, int length, IPacketReceiver receiver)
    {
        if (length > maxMessageBytes)
        {
            receiver.OnViolation(new PayloadTooLarge(length, maxMessageBytes), CloseCode.MessageTooBig);
            return 0;
        }

        if (!result.EndOfMessage)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            return length;
        }

        var message = _buffer.AsSpan(0, length);
        if (result.MessageType is WebSocketMessageType.Text)
        {
            receiver.OnText(message);
        }
        else
        {
            receiver.OnBinary(message);
        }

        return 0;
    }

    private bool TryEnqueue(WebSocketMessageType type, ReadOnlySpan<byte> bytes, bool joins)
    {
        if (_queuedBytes + bytes.Length > maxQueuedBytes)
        {
            return false;
        }

        Enqueue(type, bytes, joins);
        return true;
    }

    // Parts of binary messages that wait are sent as one.
    private void Enqueue(WebSocketMessageType type, ReadOnlySpan<byte> bytes, bool joins)
    {
        if (_isClosing)
        {
            return;
        }

        if (!joins || _outgoing.Last?.Value is not { Joins: true } message)
        {
            message = new OutgoingMessage(type, joins);
            _outgoing.AddLast(message);
        }

        message.Bytes.AddRange(bytes);
        _queuedBytes += bytes.Length;
        StartSendingUnsynchronized();
    }

    private void StartSendingUnsynchronized()
    {
        if (!_isSending)
        {
            _isSending = true;
            _sending = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        // Leaves the lock that the caller holds, so that what is sent in the same turn goes out together.
        await Task.Yield();
        try
        {
            while (TryDequeue(out var message))
            {
                await socket.SendAsync(message.Bytes.ToArray(), message.Type, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            }

            if (_close is { } close)
            {
                // A browser accepts only 1000 and 3000 to 4999 from a script; the reason itself went ahead in a packet.
                var code = OperatingSystem.IsBrowser() && close.Code is not CloseCode.Normal and < 3000 ? CloseCode.Normal : close.Code;
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The receiving side meets the same end and reports why.
        }
    }

    private bool TryDequeue(out OutgoingMessage message)
    {
        lock (_gate)
        {
            message = _outgoing.First?.Value!;
            if (message is null)
            {
                // Under the same lock as the look at the queue, so that nothing that is added meanwhile is left lying.
                _isSending = false;
                return false;
            }

            _outgoing.RemoveFirst();
            _queuedBytes -= message.Bytes.Count;
            return true;
        }
    }

    private static bool IsEnd(Exception exception) => exception is WebSocketException or InvalidOperationException or OperationCanceledException or IOException;

    private sealed record OutgoingMessage(WebSocketMessageType Type, bool Joins)
    {
        public List<byte> Bytes { get; } = [];
    }
}

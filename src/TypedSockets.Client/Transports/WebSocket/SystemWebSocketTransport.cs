using System.Net.WebSockets;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>Carries packets in the messages of a <see cref="System.Net.WebSockets.WebSocket"/>, for where frames are not ours to write, as in a browser.</summary>
/// <param name="socket">The WebSocket, open.</param>
/// <param name="maxMessageBytes">The largest message that is accepted.</param>
/// <param name="maxQueuedBytes">How many bytes may wait to be sent.</param>
/// <param name="maxQueuedPackets">How many packets may wait to be sent.</param>
internal sealed partial class SystemWebSocketTransport(System.Net.WebSockets.WebSocket socket, long maxMessageBytes, long maxQueuedBytes, int maxQueuedPackets = int.MaxValue)
    : PacketTransport, IAsyncDisposable
{
    private const int InitialBuffer = 4096;

    private readonly Lock _gate = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[InitialBuffer];
    private Task<ValueWebSocketReceiveResult>? _receiving;
    private (int Code, string? Text)? _close;
    private volatile bool _isClosing;
    private volatile bool _isPaused;
    private volatile bool _isPeerClosed;

    public override TransportKind Kind => TransportKind.WebSocket;

    public override WebSocketAgreement? Agreement { get; } = string.IsNullOrEmpty(socket.SubProtocol) ? WebSocketAgreement.Plain : new WebSocketAgreement(socket.SubProtocol, Extensions: null);

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

    private static bool IsEnd(Exception exception) => exception is WebSocketException or InvalidOperationException or OperationCanceledException or IOException;
}

using System.Net.WebSockets;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>Sends one message after the other; what arises meanwhile waits. The peer is behind until a message that is being sent has gone out.</summary>
internal sealed partial class SystemWebSocketTransport
{
    // How much of what waits is sent together, and may no longer be replaced then: enough to spare most of what a message costs.
    private const int MaxBatchBytes = 16 * 1024;

    private readonly QueueLimits _limits = new(maxQueuedBytes, maxQueuedPackets);
    private readonly LinkedList<OutgoingMessage> _outgoing = new();

    // What waits behind the messages, once a packet does that a newer one may replace.
    private Outbox? _outbox;
    private Task _sending = Task.CompletedTask;
    private bool _isSending;
    private bool _isBehind;
    private long _queuedBytes;
    private int _queuedPackets;

    public override long QueuedBytes
    {
        get
        {
            lock (_gate)
            {
                return _queuedBytes + (_outbox?.Bytes ?? 0);
            }
        }
    }

    public override int QueuedPackets
    {
        get
        {
            lock (_gate)
            {
                return _queuedPackets + (_outbox?.Packets ?? 0);
            }
        }
    }

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => TrySend(new OutgoingPacket(part, PacketForm.Part));

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => TrySend(new OutgoingPacket(message, isBinary ? PacketForm.Binary : PacketForm.Text));

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm) =>
        TrySend(new OutgoingPacket(message, PacketForm.Text, attachments, attachmentForm));

    public override bool TryOffer(scoped in OutgoingPacket packet)
    {
        lock (_gate)
        {
            if (_isBehind || _outbox is not null || !_limits.AllowOffer(_queuedBytes + packet.Length, _queuedPackets + 1))
            {
                return false;
            }

            SendUnsynchronized(packet);
            return true;
        }
    }

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters)
    {
        lock (_gate)
        {
            // The message that did not go out may have done so since the packet was offered.
            if (!_isClosing && !TryOffer(packet))
            {
                _outbox ??= new Outbox(_limits, counters);
                _outbox.Conflate(packet, key, _queuedBytes, _queuedPackets);
                StartSendingUnsynchronized();
            }
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
            SendUnsynchronized(new OutgoingPacket(packet, PacketForm.Text));
        }
    }

    public override void SendBinary(ReadOnlySpan<byte> part)
    {
        lock (_gate)
        {
            while (TakeWaitingUnsynchronized())
            {
            }

            SendUnsynchronized(new OutgoingPacket(part, PacketForm.Part));
        }
    }

    public override void SendAll(PacketQueue packets)
    {
        lock (_gate)
        {
            while (!packets.IsEmpty)
            {
                var packet = packets.Peek(out var isBinary);
                SendUnsynchronized(new OutgoingPacket(packet, isBinary ? PacketForm.Binary : PacketForm.Text));
                packets.Remove();
            }
        }
    }

    private bool TrySend(scoped in OutgoingPacket packet)
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return true;
            }

            if (_outbox is { } outbox)
            {
                return outbox.TryAdd(packet, _queuedBytes, _queuedPackets);
            }

            if (!_limits.Allow(_queuedBytes + packet.Length, _queuedPackets + 1))
            {
                return false;
            }

            SendUnsynchronized(packet);
            return true;
        }
    }

    private void SendUnsynchronized(scoped in OutgoingPacket packet)
    {
        if (!_isClosing)
        {
            EnqueueUnsynchronized(packet);
            StartSendingUnsynchronized();
        }
    }

    private void EnqueueUnsynchronized(scoped in OutgoingPacket packet)
    {
        var message = Enqueue(packet.Bytes, packet.Form);
        message.Packets++;
        _queuedPackets++;
        foreach (var attachment in packet.Attachments)
        {
            Enqueue(attachment, packet.AttachmentForm);
        }
    }

    // Parts of binary messages that wait are sent as one.
    private OutgoingMessage Enqueue(ReadOnlySpan<byte> bytes, PacketForm form)
    {
        if (form is not PacketForm.Part || _outgoing.Last?.Value is not { Form: PacketForm.Part } message)
        {
            message = new OutgoingMessage(form);
            _outgoing.AddLast(message);
        }

        message.Bytes.AddRange(bytes);
        _queuedBytes += bytes.Length;
        return message;
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
                var type = message.Form is PacketForm.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                await socket.SendAsync(message.Bytes.ToArray(), type, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
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
            if (_outgoing.Count == 0)
            {
                while (_queuedBytes < MaxBatchBytes && TakeWaitingUnsynchronized())
                {
                }
            }

            message = _outgoing.First?.Value!;
            _isBehind = message is not null;
            if (message is null)
            {
                // Under the same lock as the look at the queue, so that nothing that is added meanwhile is left lying.
                _isSending = false;
                return false;
            }

            _outgoing.RemoveFirst();
            _queuedBytes -= message.Bytes.Count;
            _queuedPackets -= message.Packets;
            return true;
        }
    }

    private bool TakeWaitingUnsynchronized()
    {
        if (_outbox?.TryTake(out var waiting) is not true)
        {
            return false;
        }

        EnqueueUnsynchronized(waiting.Packet);
        _outbox = _outbox.IsEmpty ? null : _outbox;
        return true;
    }

    private sealed record OutgoingMessage(PacketForm Form)
    {
        public List<byte> Bytes { get; } = [];

        public int Packets { get; set; }
    }
}

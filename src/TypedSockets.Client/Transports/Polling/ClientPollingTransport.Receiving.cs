using System.Buffers;
using System.IO.Pipelines;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Client.Transports.Polling;

/// <summary>Hands on what the answers of GETs bring, packet by packet as it arrives.</summary>
internal sealed partial class ClientPollingTransport
{
    private async Task HandOnAsync(PipeReader body, IPacketReceiver receiver)
    {
        var maxEncoded = PollingPayload.EncodedLength(_options.MaxPayloadBytes);
        while (true)
        {
            var read = await body.ReadAsync(_ending.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            HandOn(ref buffer, read.IsCompleted, receiver);
            if (buffer.Length > maxEncoded)
            {
                receiver.OnViolation(new PayloadTooLarge(buffer.Length, _options.MaxPayloadBytes), CloseCode.MessageTooBig);
                return;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            await receiver.WhenReadyAsync().ConfigureAwait(false);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private void HandOn(ref ReadOnlySequence<byte> buffer, bool isComplete, IPacketReceiver receiver)
    {
        if (!TryBeginHandingOn())
        {
            return;
        }

        try
        {
            while (TryCut(ref buffer, isComplete, out var packet))
            {
                HandOnPacket(packet, receiver);
            }
        }
        finally
        {
            EndHandingOn();
        }
    }

    private void HandOnFirst(IPacketReceiver receiver)
    {
        Span<byte> rest = _first;
        _first = null;
        TryBeginHandingOn();
        try
        {
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(PollingPayload.Separator);
                HandOnPacket(end < 0 ? rest : rest[..end], receiver);
                rest = end < 0 ? default : rest[(end + 1)..];
            }
        }
        finally
        {
            EndHandingOn();
        }
    }

    private static bool TryCut(ref ReadOnlySequence<byte> buffer, bool isComplete, out Span<byte> packet)
    {
        packet = default;
        if (buffer.IsEmpty)
        {
            return false;
        }

        if (buffer.PositionOf(PollingPayload.Separator) is { } end)
        {
            packet = buffer.Slice(0, end).ToArray();
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        if (isComplete)
        {
            packet = buffer.ToArray();
            buffer = buffer.Slice(buffer.End);
        }

        return isComplete;
    }

    private void HandOnPacket(Span<byte> packet, IPacketReceiver receiver)
    {
        try
        {
            var bytes = PollingPayload.Read(ref packet, out var isBinary);
            if (bytes.Length > _options.MaxPayloadBytes)
            {
                receiver.OnViolation(new PayloadTooLarge(bytes.Length, _options.MaxPayloadBytes), CloseCode.MessageTooBig);
            }
            else if (isBinary)
            {
                receiver.OnBinary(bytes);
            }
            else
            {
                TakeGoodbye(bytes);
                receiver.OnText(bytes);
            }
        }
        catch (PacketException exception)
        {
            receiver.OnViolation(exception.Reason, CloseCode.ProtocolError);
        }
    }

    // Before it is handed on, so that the end that follows finds that the server needs no goodbye of ours.
    private void TakeGoodbye(ReadOnlySpan<byte> packet)
    {
        if (packet.SequenceEqual(s_goodbye))
        {
            lock (Gate)
            {
                ApplyUnsynchronized(_polling.End());
            }
        }
    }

    private bool TryBeginHandingOn()
    {
        lock (Gate)
        {
            return _isHandingOn = _handedOn is null;
        }
    }

    // A goodbye of ours waits for the end of the payload: the server's own may stand behind what brought ours about.
    private void EndHandingOn()
    {
        lock (Gate)
        {
            _isHandingOn = false;
            _handedOn?.TrySetResult();
            if (_isClosing)
            {
                ApplyUnsynchronized(_polling.Close());
            }
        }
    }

    private Task StopHandingOnAsync()
    {
        lock (Gate)
        {
            _handedOn = NewSignal();
            if (!_isHandingOn)
            {
                _handedOn.SetResult();
            }

            return _handedOn.Task;
        }
    }
}

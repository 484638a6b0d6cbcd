using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Framing;

/// <summary>
/// Reads frames (RFC 6455 §5) and hands whole messages on. A frame that lies in one segment is unmasked in place and handed on without a copy.
/// Not safe for concurrent use.
/// </summary>
/// <param name="side">The end that reads: a server demands masked frames, a client unmasked ones (RFC 6455 §5.1).</param>
/// <param name="maxMessageBytes">The largest message, over all its fragments and inflated, that is accepted.</param>
/// <param name="deflate">What was agreed on about compressed messages; null when there are none.</param>
internal sealed class FrameReader(Side side, long maxMessageBytes, DeflateTerms? deflate = null)
{
    // Two bytes and the mask.
    private const int UsualHeader = 6;

    private readonly bool _expectsMask = side is Side.Server;
    private readonly MessageInflater? _inflater = deflate?.CreateInflater(side, maxMessageBytes);

    // The fragments of a message so far; null between messages.
    private byte[]? _assembled;
    private int _assembledLength;
    private Opcode _assembledOpcode;
    private bool _isAssembledCompressed;
    private bool _isClosed;
    private bool _isStopped;

    /// <summary>Hands on every message that is complete in <paramref name="buffer"/>, and moves its start behind what was read.</summary>
    /// <returns>False after a close frame.</returns>
    /// <exception cref="FrameViolationException">The bytes are not what RFC 6455 allows, or exceed the limit.</exception>
    public bool Read(ref ReadOnlySequence<byte> buffer, IMessageReceiver receiver)
    {
        do
        {
            ReadFirstSegment(ref buffer, receiver);
        }
        while (!_isStopped && !buffer.IsEmpty && TryReadAcrossSegments(ref buffer, receiver));

        return !_isClosed;
    }

    /// <summary>Whether a close frame has come.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>From a receiver's call: leaves everything behind the message at hand unread, until <see cref="Resume"/>.</summary>
    public void Pause() => _isStopped = true;

    public void Resume() => _isStopped = _isClosed;

    /// <summary>Gives back what an unfinished message and the inflater hold. Nothing may be read afterwards.</summary>
    public void Release()
    {
        ReleaseAssembled();
        _inflater?.Dispose();
    }

    private void ReadFirstSegment(ref ReadOnlySequence<byte> buffer, IMessageReceiver receiver)
    {
        var segment = buffer.FirstSpan;
        var position = 0;
        try
        {
            while (!_isStopped)
            {
                if (TryTakeUsual(segment[position..], out var message))
                {
                    position += UsualHeader + message.Length;
                    receiver.OnBinary(message);
                    continue;
                }

                if (!FrameHeader.TryRead(segment[position..], _inflater is not null, out var header))
                {
                    break;
                }

                Check(header);
                if (header.PayloadLength > segment.Length - position - header.Size)
                {
                    break;
                }

                var payload = segment.Slice(position + header.Size, (int)header.PayloadLength);
                position += header.Size + payload.Length;
                // The bytes belong to the pipe's reader, which is us, until it is advanced: nobody else sees the change.
                Unmask(header, MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(payload), payload.Length), receiver);
            }
        }
        finally
        {
            // After a violation too the buffer begins at a frame, so that the peer's close frame can still be found.
            buffer = buffer.Slice(position);
        }
    }

    /// <summary>
    /// Takes the frame that a server mostly meets, a short binary message that is whole, without what all the others need.
    /// </summary>
    private bool TryTakeUsual(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        const byte FinalBinary = 0x82;
        const byte Masked = 0x80;
        message = default;
        if (bytes.Length < UsualHeader || bytes[0] != FinalBinary || !_expectsMask || _assembled is not null)
        {
            return false;
        }

        var length = bytes[1] - Masked;
        if ((uint)length > FrameHeader.MaxControlPayload || length > bytes.Length - UsualHeader || length > maxMessageBytes)
        {
            return false;
        }

        // As in ReadFirstSegment: nobody else sees the change.
        var payload = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), UsualHeader), length);
        FrameMask.Apply(payload, MemoryMarshal.Read<uint>(bytes[2..]));
        message = payload;
        return true;
    }

    /// <summary>Reads the frame at the start of the buffer, which its first segment does not hold whole. Returns false when the rest has not arrived.</summary>
    private bool TryReadAcrossSegments(ref ReadOnlySequence<byte> buffer, IMessageReceiver receiver)
    {
        Span<byte> start = stackalloc byte[FrameHeader.MaxSize];
        var available = (int)Math.Min(start.Length, buffer.Length);
        buffer.Slice(0, available).CopyTo(start);
        if (!FrameHeader.TryRead(start[..available], _inflater is not null, out var header))
        {
            return false;
        }

        Check(header);
        if (header.PayloadLength > buffer.Length - header.Size)
        {
            return false;
        }

        var length = (int)header.PayloadLength;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            buffer.Slice(header.Size, length).CopyTo(copy);
            buffer = buffer.Slice(header.Size + length);
            Unmask(header, copy.AsSpan(0, length), receiver);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }

        return true;
    }

    private void Check(in FrameHeader header)
    {
        if (header.IsMasked != _expectsMask)
        {
            throw FrameViolationException.Protocol(_expectsMask ? "A client's frame is not masked (RFC 6455 §5.1)." : "A server's frame is masked (RFC 6455 §5.1).");
        }

        switch (header.Opcode)
        {
            case Opcode.Text or Opcode.Binary when _assembled is not null:
                throw FrameViolationException.Protocol("A new message begins before the last fragment of the previous one (RFC 6455 §5.4).");
            case Opcode.Continuation when _assembled is null:
                throw FrameViolationException.Protocol("A continuation frame comes without a message to continue (RFC 6455 §5.4).");
            case > Opcode.Binary:
                return;
        }

        // Before the payload has arrived, so that nobody makes us hold what we would refuse.
        var isCompressed = header.IsCompressed || (_assembled is not null && _isAssembledCompressed);
        if (header.PayloadLength > (isCompressed ? _inflater!.MaxCompressedBytes : maxMessageBytes) - _assembledLength)
        {
            throw FrameViolationException.TooLarge(Math.Min(header.PayloadLength, long.MaxValue - _assembledLength) + _assembledLength, maxMessageBytes);
        }
    }

    private void Unmask(in FrameHeader header, Span<byte> payload, IMessageReceiver receiver)
    {
        if (header.Mask != 0)
        {
            FrameMask.Apply(payload, header.Mask);
        }

        if (header is { IsFinal: true, Opcode: Opcode.Text or Opcode.Binary })
        {
            Deliver(header.Opcode, header.IsCompressed, payload, receiver);
            return;
        }

        switch (header.Opcode)
        {
            case Opcode.Close:
                // Also when what it says is not valid: nothing follows it.
                _isClosed = _isStopped = true;
                var close = ClosePayload.Read(payload);
                receiver.OnClose(close);
                break;
            case Opcode.Ping:
                receiver.OnPing(payload);
                break;
            case Opcode.Pong:
                // Unsolicited pongs are allowed and mean nothing (RFC 6455 §5.5.3); the heartbeat is the session's own.
                break;
            default:
                Assemble(header, payload, receiver);
                break;
        }
    }

    private void Assemble(in FrameHeader header, ReadOnlySpan<byte> payload, IMessageReceiver receiver)
    {
        if (header.Opcode != Opcode.Continuation)
        {
            _assembledOpcode = header.Opcode;
            _isAssembledCompressed = header.IsCompressed;
        }

        var needed = _assembledLength + payload.Length;
        if (_assembled is null || _assembled.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _assembledLength));
            _assembled.AsSpan(0, _assembledLength).CopyTo(larger);
            var length = _assembledLength;
            ReleaseAssembled();
            (_assembled, _assembledLength) = (larger, length);
        }

        payload.CopyTo(_assembled.AsSpan(_assembledLength));
        _assembledLength = needed;
        if (!header.IsFinal)
        {
            return;
        }

        try
        {
            Deliver(_assembledOpcode, _isAssembledCompressed, _assembled.AsSpan(0, _assembledLength), receiver);
        }
        finally
        {
            ReleaseAssembled();
        }
    }

    private void Deliver(Opcode opcode, bool isCompressed, ReadOnlySpan<byte> payload, IMessageReceiver receiver)
    {
        if (!isCompressed)
        {
            Deliver(opcode, payload, receiver);
            return;
        }

        try
        {
            // Only a reader with an inflater lets the header of a compressed message pass.
            Deliver(opcode, _inflater!.Inflate(payload), receiver);
        }
        finally
        {
            _inflater!.Release();
        }
    }

    private static void Deliver(Opcode opcode, ReadOnlySpan<byte> message, IMessageReceiver receiver)
    {
        if (opcode is Opcode.Binary)
        {
            receiver.OnBinary(message);
            return;
        }

        if (!Utf8.IsValid(message))
        {
            throw FrameViolationException.InvalidUtf8();
        }

        receiver.OnText(message);
    }

    private void ReleaseAssembled()
    {
        if (_assembled is not null)
        {
            ArrayPool<byte>.Shared.Return(_assembled);
        }

        _assembled = null;
        _assembledLength = 0;
    }
}

using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TypedSockets.Protocol.Framing.Deflate;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Framing;

/// <summary>
/// Writes frames to a pipe (RFC 6455 §5). Parts of binary messages are gathered in one message until they are flushed; a flush never waits, and what arises while one is pending
/// goes out with the next. Safe for concurrent use; what one thread writes goes out in order.
/// </summary>
/// <param name="output">Takes the bytes. Must allow writing while a flush is pending, as <see cref="Pipe"/> does. Nobody else may write to it.</param>
/// <param name="side">The end that writes: a client masks its frames (RFC 6455 §5.3).</param>
/// <param name="maxQueuedBytes">How many bytes may wait behind a pending flush.</param>
/// <param name="deflate">What was agreed on about compressed messages; null when there are none.</param>
/// <param name="maxQueuedPackets">How many packets may wait behind a pending flush.</param>
internal sealed partial class FrameWriter(PipeWriter output, Side side, long maxQueuedBytes, DeflateTerms? deflate = null, int maxQueuedPackets = int.MaxValue)
{
    // Before the payload of a batch room is kept for the longest header that a batch can have: 2 bytes and a 16-bit length, and the mask.
    private const int BatchHeader = 4;
    private const int BatchHeaderMasked = 8;

    // A batch lies in one block of the pipe's memory; 4 KiB is the block size of Kestrel and of the default pool.
    private const int MaxBatchPart = 4096 - BatchHeaderMasked;

    [ThreadStatic]
    private static FrameWriter? s_corked;

    private readonly Lock _gate = new();
    private readonly MessageDeflater? _deflater = deflate?.CreateDeflater(side);
    private readonly MaskSource? _masks = side is Side.Client ? new MaskSource() : null;
    private readonly int _batchHeader = side is Side.Client ? BatchHeaderMasked : BatchHeader;

    // The open batch: uncommitted memory of the pipe, and where the next part goes; 0 when none is open.
    private Memory<byte> _batch;
    private int _batchEnd;

    private Action? _onFlushed;
    private TaskCompletionSource? _flushed;
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _isFlushing;
    private bool _needsFlush;
    private bool _isCloseWritten;
    private bool _isEnded;

    /// <summary>
    /// Until <see cref="Uncork"/> is called on the same thread, what this thread writes waits for the flush that <see cref="Uncork"/> does. Other threads flush as ever.
    /// </summary>
    public void Cork() => s_corked = this;

    /// <summary>Ends <see cref="Cork"/> and flushes.</summary>
    public void Uncork()
    {
        s_corked = null;
        lock (_gate)
        {
            if (_needsFlush)
            {
                FlushUnsynchronized();
            }
        }
    }

    /// <summary>Adds a part to the open binary message, or opens one.</summary>
    /// <returns>False when more would wait than may; nothing was written then.</returns>
    public bool TryWriteBinary(ReadOnlySpan<byte> part)
    {
        lock (_gate)
        {
            if (_isEnded || _isCloseWritten)
            {
                return true;
            }

            if (_isFlushing)
            {
                return TryQueueUnsynchronized(new OutgoingPacket(part, PacketForm.Part));
            }

            AppendUnsynchronized(part);
            RequestFlushUnsynchronized();
            return true;
        }
    }

    /// <summary>Writes a message of its own behind what has been written.</summary>
    /// <returns>False when more would wait than may; nothing was written then.</returns>
    public bool TryWrite(Opcode opcode, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_isFlushing && !_isEnded && !_isCloseWritten)
            {
                return TryQueueUnsynchronized(new OutgoingPacket(message, opcode is Opcode.Binary ? PacketForm.Binary : PacketForm.Text));
            }

            Write(opcode, message);
            return true;
        }
    }

    /// <summary>Writes a text message and others behind it, as one.</summary>
    /// <inheritdoc cref="TryWrite(Opcode, ReadOnlySpan{byte})" path="/returns"/>
    public bool TryWrite(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm = PacketForm.Binary)
    {
        lock (_gate)
        {
            if (_isEnded || _isCloseWritten)
            {
                return true;
            }

            var packet = new OutgoingPacket(message, PacketForm.Text, attachments, attachmentForm);
            if (_isFlushing)
            {
                return TryQueueUnsynchronized(packet);
            }

            WriteUnsynchronized(packet);
            return true;
        }
    }

    /// <summary>
    /// Writes a whole frame behind what has been written. A binary message or a close frame goes behind what waits, too; others overtake it. Behind a close frame nothing is written any more
    /// (RFC 6455 §5.5.1).
    /// </summary>
    public void Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_isEnded || _isCloseWritten)
            {
                return;
            }

            if (opcode is Opcode.Binary or Opcode.Close)
            {
                WriteWaitingUnsynchronized();
            }

            _isCloseWritten = opcode is Opcode.Close;
            SealUnsynchronized();
            WriteMessageUnsynchronized(opcode, payload);
            RequestFlushUnsynchronized();
        }
    }

    /// <summary>Completes when the pending flush has; at once when there is none.</summary>
    public Task WhenFlushedAsync()
    {
        lock (_gate)
        {
            return _isFlushing && !_isEnded ? (_flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    /// <summary>Writes what is left and accepts nothing more. Call it before the pipe is completed or handed back.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                // When a flush is pending no other follows it, but what is sealed goes out when the pipe is completed.
                WriteWaitingUnsynchronized();
                SealUnsynchronized();
                FlushUnsynchronized();
                _isEnded = true;
                ReleaseUnsynchronized();
            }

            _deflater?.Dispose();
        }
    }

    private void AppendUnsynchronized(ReadOnlySpan<byte> part)
    {
        if (_batchEnd == 0 || _batch.Length - _batchEnd < part.Length)
        {
            SealUnsynchronized();
            if (part.Length > MaxBatchPart)
            {
                WriteMessageUnsynchronized(Opcode.Binary, part);
                return;
            }

            _batch = output.GetMemory(_batchHeader + part.Length);
            _batchEnd = _batchHeader;
        }

        part.CopyTo(_batch.Span[_batchEnd..]);
        _batchEnd += part.Length;
    }

    /// <summary>Ends the open batch: writes its header in front of it, now that its length is known.</summary>
    private void SealUnsynchronized()
    {
        if (_batchEnd == 0)
        {
            return;
        }

        var bytes = _batch.Span;
        var payload = bytes[_batchHeader.._batchEnd];
        if (_deflater is not null && _deflater.Wants(payload.Length))
        {
            // The batch is copied out of the pipe's memory before anything is committed, so that the frame may be written over it.
            (_batch, _batchEnd) = (default, 0);
            WriteCompressedUnsynchronized(Opcode.Binary, payload);
            return;
        }

        var mask = _masks?.Next();
        var header = FrameHeader.Write(bytes, Opcode.Binary, payload.Length, mask);
        if (header != _batchHeader)
        {
            // A short message has a short header: the at most 125 bytes move up to it.
            payload.CopyTo(bytes[header..]);
            payload = bytes.Slice(header, payload.Length);
        }

        if (mask is { } key)
        {
            FrameMask.Apply(payload, key);
        }

        output.Advance(header + payload.Length);
        _batch = default;
        _batchEnd = 0;
    }

    private void WriteMessageUnsynchronized(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        // RFC 7692 §5: control frames are never compressed.
        if (_deflater is not null && opcode is Opcode.Text or Opcode.Binary && _deflater.Wants(payload.Length))
        {
            WriteCompressedUnsynchronized(opcode, payload);
            return;
        }

        WriteFrameUnsynchronized(opcode, payload, isCompressed: false);
    }

    private void WriteCompressedUnsynchronized(Opcode opcode, ReadOnlySpan<byte> message)
    {
        WriteFrameUnsynchronized(opcode, _deflater!.Deflate(message), isCompressed: true);
        _deflater.Release();
    }

    private void WriteFrameUnsynchronized(Opcode opcode, ReadOnlySpan<byte> payload, bool isCompressed)
    {
        var mask = _masks?.Next();
        output.Advance(FrameHeader.Write(output.GetSpan(FrameHeader.MaxSize), opcode, payload.Length, mask, isCompressed));
        for (var position = 0; position < payload.Length;)
        {
            var target = output.GetSpan(1);
            var count = Math.Min(target.Length, payload.Length - position);
            payload.Slice(position, count).CopyTo(target);
            if (mask is { } key)
            {
                FrameMask.Apply(target[..count], key, position);
            }

            output.Advance(count);
            position += count;
        }
    }

    private void RequestFlushUnsynchronized()
    {
        if (_isFlushing || s_corked == this)
        {
            _needsFlush = true;
            return;
        }

        FlushUnsynchronized();
    }

    private void FlushUnsynchronized()
    {
        if (_isFlushing)
        {
            _needsFlush = true;
            return;
        }

        _needsFlush = false;
        SealUnsynchronized();
        try
        {
#pragma warning disable CA2012 // The awaiter is consumed once: here when it is complete, in OnFlushed when it is not.
            _flush = output.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // A pipe whose reader has failed throws at once.
            _isEnded = true;
            return;
        }

        if (_flush.IsCompleted)
        {
            TakeResultUnsynchronized();
            return;
        }

        _isFlushing = true;
        _flush.UnsafeOnCompleted(_onFlushed ??= OnFlushed);
    }

    private void OnFlushed()
    {
        lock (_gate)
        {
            _isFlushing = false;
            (_queuedBytes, _queuedPackets) = (0, 0);
            TakeResultUnsynchronized();
            ReleaseUnsynchronized();
            if (_needsFlush && !_isEnded)
            {
                FlushUnsynchronized();
            }

            CatchUpUnsynchronized();
        }
    }

    private void ReleaseUnsynchronized()
    {
        _flushed?.SetResult();
        _flushed = null;
    }

    private void TakeResultUnsynchronized()
    {
        // A failed or completed pipe means that the transport is gone. The reading side meets the same end and reports why; here nothing more can be written.
        try
        {
            _isEnded |= _flush.GetResult().IsCompleted;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            _isEnded = true;
        }
        finally
        {
            _flush = default;
        }
    }

    private static bool IsEnd(Exception exception) => exception is IOException or InvalidOperationException or OperationCanceledException;

    /// <summary>Masking keys from a strong source (RFC 6455 §5.3), fetched many at a time.</summary>
    private sealed class MaskSource
    {
        private readonly byte[] _random = new byte[256];
        private int _position = 256;

        public uint Next()
        {
            if (_position == _random.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _position = 0;
            }

            var mask = BitConverter.ToUInt32(_random, _position);
            _position += sizeof(uint);
            return mask;
        }
    }
}

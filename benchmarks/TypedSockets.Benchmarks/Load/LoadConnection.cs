using System.Buffers;
using TypedSockets.Benchmarks.Load.Sockets;

namespace TypedSockets.Benchmarks.Load;

/// <summary>One client connection of the load generator.</summary>
internal sealed class LoadConnection(EventPoll poll, int descriptor, int index) : PolledSocket(poll, descriptor, index)
{
    private ArrayBufferWriter<byte>? _fragments;
    private Opcode _fragmentsOpcode;

    /// <summary>Its place among the connections of the run.</summary>
    public int Index => Key;

    public LoadConnectionState State { get; set; }

    /// <summary>Puts a fragmented WebSocket message together (RFC 6455 §5.4); false while fragments are missing. What it gives is valid until the next frame.</summary>
    public bool TryComplete(in ServerFrame frame, out Opcode opcode, out ReadOnlySpan<byte> message)
    {
        var continues = frame.Opcode == Opcode.Continuation;
        if (continues != _fragments is { WrittenCount: > 0 })
        {
            throw new LoadException("The server mixed the fragments of two messages.");
        }

        if (frame.IsFinal && !continues)
        {
            opcode = frame.Opcode;
            message = frame.Payload;
            return true;
        }

        if (!continues)
        {
            _fragmentsOpcode = frame.Opcode;
        }

        _fragments ??= new ArrayBufferWriter<byte>();
        _fragments.Write(frame.Payload);
        opcode = _fragmentsOpcode;
        message = _fragments.WrittenSpan;
        if (frame.IsFinal)
        {
            _fragments.ResetWrittenCount();
        }

        return frame.IsFinal;
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace TypedSockets.Protocol.Framing;

/// <summary>
/// Looks for the peer's close frame when nothing else matters any more: this end has closed, perhaps because the peer's frames break the rules. So it checks none of them; it only
/// steps from frame to frame.
/// </summary>
internal struct CloseFrameScanner
{
    private long _skip;

    /// <summary>Scans whole frames, and moves the buffer's start behind them. Returns true when one was a close frame.</summary>
    public bool Scan(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[FrameHeader.MaxSize];
        while (true)
        {
            var skipped = Math.Min(_skip, buffer.Length);
            buffer = buffer.Slice(skipped);
            _skip -= skipped;
            var available = (int)Math.Min(start.Length, buffer.Length);
            buffer.Slice(0, available).CopyTo(start);
            if (_skip > 0 || !TryMeasure(start[..available], out var opcode, out var length))
            {
                return false;
            }

            if (opcode is Opcode.Close)
            {
                return true;
            }

            _skip = length;
        }
    }

    private static bool TryMeasure(ReadOnlySpan<byte> bytes, out Opcode opcode, out long length)
    {
        (opcode, length) = (default, 0);
        if (bytes.Length < 2)
        {
            return false;
        }

        opcode = (Opcode)(bytes[0] & 0x0f);
        var size = (bytes[1] & 0x7f) switch
        {
            126 => 4,
            127 => 10,
            _ => 2,
        };
        if (bytes.Length < size)
        {
            return false;
        }

        var payload = size switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]) & long.MaxValue,
            _ => bytes[1] & 0x7f,
        };
        var mask = (bytes[1] & 0x80) != 0 ? sizeof(uint) : 0;
        length = Math.Min(payload, long.MaxValue - FrameHeader.MaxSize) + size + mask;
        return true;
    }
}

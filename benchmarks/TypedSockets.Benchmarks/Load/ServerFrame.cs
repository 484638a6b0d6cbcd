using System.Buffers.Binary;

namespace TypedSockets.Benchmarks.Load;

/// <summary>One WebSocket frame as a server sends it (RFC 6455 §5.2), over the bytes that were read.</summary>
internal readonly ref struct ServerFrame
{
    private ServerFrame(byte first, ReadOnlySpan<byte> payload)
    {
        IsFinal = (first & 0x80) != 0;
        Opcode = (Opcode)(first & 0x0F);
        Payload = payload;
    }

    public bool IsFinal { get; }

    public Opcode Opcode { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the next frame off <paramref name="bytes"/>; false when they do not hold a whole one yet.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ServerFrame frame)
    {
        frame = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        if ((bytes[0] & 0x70) != 0 || (bytes[1] & 0x80) != 0)
        {
            throw new LoadException("The server sent a frame that is masked or has reserved bits set.");
        }

        var header = 2;
        var length = (ulong)bytes[1];
        if (length >= 126)
        {
            header = length == 126 ? 4 : 10;
            if (bytes.Length < header)
            {
                return false;
            }

            length = header == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        }

        if ((ulong)(bytes.Length - header) < length)
        {
            return false;
        }

        frame = new ServerFrame(bytes[0], bytes.Slice(header, (int)length));
        bytes = bytes[(header + (int)length)..];
        return true;
    }
}

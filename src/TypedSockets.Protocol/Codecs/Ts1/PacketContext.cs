using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>What a CONTEXT packet says about the packet right behind it (docs/protocol/ts1.md): entries of a key, a length and as many bytes, of which unknown ones are skipped.</summary>
/// <param name="Deadline">How long the sender of a request waits for its answer, in milliseconds; null where it does not say.</param>
internal readonly record struct PacketContext(uint? Deadline)
{
    /// <summary>The size of the largest packet that <see cref="WriteBefore"/> writes.</summary>
    public const int MaxSize = 1 + 1 + Varint.MaxSize + 1 + 1 + Varint.MaxSize;

    private const byte DeadlineKey = 1;

    /// <summary>Reads the entries.</summary>
    /// <exception cref="PacketException">The bytes are not entries.</exception>
    public static PacketContext Read(ReadOnlySpan<byte> entries)
    {
        uint? deadline = null;
        while (!entries.IsEmpty)
        {
            if (!Varint.TryRead(ref entries, out var key) || !Varint.TryRead(ref entries, out var length) || length > (uint)entries.Length)
            {
                throw Unreadable("an entry is cut short");
            }

            var value = entries[..(int)length];
            entries = entries[(int)length..];
            if (key == DeadlineKey)
            {
                deadline = Varint.TryRead(ref value, out var milliseconds) && value.IsEmpty ? milliseconds : throw Unreadable("its deadline is no number of 32 bits");
            }
        }

        return new PacketContext(deadline);
    }

    /// <summary>Writes the packet right before <paramref name="end"/>, and returns where it begins.</summary>
    public static int WriteBefore(Span<byte> target, int end, uint namespaceNumber, uint deadline)
    {
        Span<byte> packet = stackalloc byte[MaxSize];
        var size = 1;
        packet[size++] = (byte)NamespacePacketType.Context;
        size += Varint.Write(packet[size..], namespaceNumber);
        packet[size++] = DeadlineKey;
        packet[size++] = (byte)Varint.SizeOf(deadline);
        size += Varint.Write(packet[size..], deadline);
        packet[0] = (byte)(size - 1);
        packet[..size].CopyTo(target[(end - size)..]);
        return end - size;
    }

    private static PacketException Unreadable(string why) => new(new ParseError($"A CONTEXT packet is malformed: {why}."));
}

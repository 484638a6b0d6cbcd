using System.Diagnostics;
using TypedSockets.Formats;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>What a CONTEXT packet says about the packet right behind it (docs/protocol/ts1.md): entries of a key, a length and as many bytes, of which unknown ones are skipped.</summary>
/// <param name="Deadline">How long the sender of a request waits for its answer, in milliseconds; null where it does not say.</param>
/// <param name="Caller">What the packet belongs to at the sender's end; null where it does not say, or nobody here listens.</param>
internal readonly record struct PacketContext(uint? Deadline, CallerTrace? Caller = null)
{
    /// <summary>The size of the largest packet that <see cref="WriteBefore"/> writes.</summary>
    public const int MaxSize = 1 + 1 + Varint.MaxSize + 1 + 1 + Varint.MaxSize;

    /// <summary>The size of the largest packet that <see cref="Write"/> writes.</summary>
    public const int MaxTracedSize = Varint.MaxSize + MaxSize + 1 + Varint.MaxSize + CallerTrace.MaxSize;

    private const byte DeadlineKey = 1;
    private const byte TraceKey = 2;

    /// <summary>Reads the entries.</summary>
    /// <exception cref="PacketException">The bytes are not entries.</exception>
    public static PacketContext Read(ReadOnlySpan<byte> entries)
    {
        uint? deadline = null;
        CallerTrace? caller = null;
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
            else if (key == TraceKey && Telemetry.Source.HasListeners())
            {
                caller = CallerTrace.Read(value);
            }
        }

        return new PacketContext(deadline, caller);
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

    /// <summary>Writes a packet that says which activity the one behind it belongs to, and how long its sender waits.</summary>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="namespaceNumber">The namespace.</param>
    /// <param name="deadline">In milliseconds; null for nothing.</param>
    /// <param name="activity">The activity.</param>
    public static void Write(PayloadBuffer buffer, uint namespaceNumber, uint? deadline, Activity activity)
    {
        Span<byte> body = stackalloc byte[MaxTracedSize];
        var size = 0;
        body[size++] = (byte)NamespacePacketType.Context;
        size += Varint.Write(body[size..], namespaceNumber);
        if (deadline is { } limit)
        {
            body[size++] = DeadlineKey;
            body[size++] = (byte)Varint.SizeOf(limit);
            size += Varint.Write(body[size..], limit);
        }

        Span<byte> trace = stackalloc byte[CallerTrace.MaxSize];
        trace = trace[..CallerTrace.Write(trace, activity.Context)];
        body[size++] = TraceKey;
        size += Varint.Write(body[size..], (uint)trace.Length);
        trace.CopyTo(body[size..]);
        size += trace.Length;
        buffer.Advance(Varint.Write(buffer.GetSpan(Varint.MaxSize), (uint)size));
        buffer.Write(body[..size]);
    }

    private static PacketException Unreadable(string why) => new(new ParseError($"A CONTEXT packet is malformed: {why}."));
}

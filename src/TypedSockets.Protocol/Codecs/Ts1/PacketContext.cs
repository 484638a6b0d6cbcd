using System.Diagnostics;
using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>What the peer says about the packet that stands right behind: the body of a CONTEXT packet (docs/protocol/ts1.md), as values by numbers.</summary>
/// <param name="Caller">The activity that the packet belongs to; the default where the peer said nothing, or nobody here listens.</param>
internal sealed record PacketContext(ActivityContext Caller)
{
    private const uint TraceKey = 2;

    // A trace id, a span id and flags.
    private const int TraceBytes = 16 + 8 + 1;

    /// <summary>W3C Trace Context §3.3.1.5: of a longer one no vendor has to hand on more.</summary>
    private const int MaxTraceStateBytes = 512;

    /// <summary>How many bytes a CONTEXT packet has at most, of those that are written here.</summary>
    public const int MaxPacketBytes = (4 * Varint.MaxSize) + 1 + TraceBytes + MaxTraceStateBytes;

    /// <summary>Reads a body.</summary>
    /// <exception cref="PacketException">It is cut short, or a number exceeds 32 bits.</exception>
    public static PacketContext? Read(ReadOnlySpan<byte> body)
    {
        var caller = default(ActivityContext);
        while (!body.IsEmpty)
        {
            if (!Varint.TryRead(ref body, out var key) || !Varint.TryRead(ref body, out var length) || length > (uint)body.Length)
            {
                throw new PacketException(new ParseError("A CONTEXT packet is malformed: a value is cut short, or its numbers exceed 32 bits."));
            }

            if (key == TraceKey && Telemetry.Source.HasListeners())
            {
                caller = ReadTrace(body[..(int)length]);
            }

            // What this end does not know is meant for others.
            body = body[(int)length..];
        }

        return caller == default ? null : new PacketContext(caller);
    }

    /// <summary>Writes a CONTEXT packet about an activity.</summary>
    public static void Write(PayloadBuffer buffer, uint namespaceNumber, Activity activity)
    {
        Span<byte> trace = stackalloc byte[TraceBytes + MaxTraceStateBytes];
        trace = trace[..WriteTrace(trace, activity.Context)];
        var length = (uint)(1 + Varint.SizeOf(namespaceNumber) + Varint.SizeOf(TraceKey) + Varint.SizeOf((uint)trace.Length) + trace.Length);
        var target = buffer.GetSpan(MaxPacketBytes);
        var position = Varint.Write(target, length);
        target[position++] = (byte)NamespacePacketType.Context;
        position += Varint.Write(target[position..], namespaceNumber);
        position += Varint.Write(target[position..], TraceKey);
        position += Varint.Write(target[position..], (uint)trace.Length);
        trace.CopyTo(target[position..]);
        buffer.Advance(position + trace.Length);
    }

    private static int WriteTrace(Span<byte> target, ActivityContext context)
    {
        context.TraceId.CopyTo(target[..16]);
        context.SpanId.CopyTo(target[16..24]);
        target[24] = (byte)context.TraceFlags;
        // What is too long is left out: the ids matter more.
        return Encoding.UTF8.TryGetBytes(context.TraceState, target[TraceBytes..], out var written) ? TraceBytes + written : TraceBytes;
    }

    // A trace that is none is let be, as a header traceparent would be: it is no part of what the program means.
    private static ActivityContext ReadTrace(ReadOnlySpan<byte> value)
    {
        if (value.Length < TraceBytes || value[..16].IndexOfAnyExcept((byte)0) < 0 || value[16..24].IndexOfAnyExcept((byte)0) < 0)
        {
            return default;
        }

        var state = value[TraceBytes..];
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(value[..16]),
            ActivitySpanId.CreateFromBytes(value[16..24]),
            (ActivityTraceFlags)(value[24] & (byte)ActivityTraceFlags.Recorded),
            state.IsEmpty || state.Length > MaxTraceStateBytes ? null : Encoding.UTF8.GetString(state),
            isRemote: true);
    }
}

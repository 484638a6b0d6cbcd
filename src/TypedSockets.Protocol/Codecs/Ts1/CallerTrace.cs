using System.Diagnostics;
using System.Text;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>The activity that a packet belongs to at the end that sent it (W3C Trace Context), as an entry of a CONTEXT packet carries it.</summary>
/// <param name="Context">The activity's.</param>
internal sealed record CallerTrace(ActivityContext Context)
{
    // A trace id, a span id and flags.
    private const int IdBytes = 16 + 8 + 1;

    /// <summary>W3C Trace Context §3.3.1.5: of a longer one no vendor has to hand on more.</summary>
    private const int MaxStateBytes = 512;

    /// <summary>How long a value is at most, of those that are written here.</summary>
    public const int MaxSize = IdBytes + MaxStateBytes;

    /// <summary>Writes the value, and returns its length.</summary>
    /// <param name="target">At least <see cref="MaxSize"/> bytes.</param>
    /// <param name="context">The activity's.</param>
    public static int Write(Span<byte> target, ActivityContext context)
    {
        context.TraceId.CopyTo(target[..16]);
        context.SpanId.CopyTo(target[16..24]);
        target[24] = (byte)context.TraceFlags;
        // What is too long is left out: the ids matter more.
        return Encoding.UTF8.TryGetBytes(context.TraceState, target[IdBytes..MaxSize], out var written) ? IdBytes + written : IdBytes;
    }

    /// <summary>Reads a value. A trace that is none is let be, as a header traceparent would be: it is no part of what the program means.</summary>
    public static CallerTrace? Read(ReadOnlySpan<byte> value)
    {
        if (value.Length < IdBytes || value[..16].IndexOfAnyExcept((byte)0) < 0 || value[16..24].IndexOfAnyExcept((byte)0) < 0)
        {
            return null;
        }

        var state = value[IdBytes..];
        return new CallerTrace(new ActivityContext(
            ActivityTraceId.CreateFromBytes(value[..16]),
            ActivitySpanId.CreateFromBytes(value[16..24]),
            (ActivityTraceFlags)(value[24] & (byte)ActivityTraceFlags.Recorded),
            state.IsEmpty || state.Length > MaxStateBytes ? null : Encoding.UTF8.GetString(state),
            isRemote: true));
    }
}

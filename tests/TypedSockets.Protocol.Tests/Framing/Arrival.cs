using System.Buffers;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Brings bytes to a reader as a pipe does: in segments, and what was not consumed comes again.</summary>
internal static class Arrival
{
    /// <summary>Each chunk arrives by itself, in a segment of its own.</summary>
    public static void OneByOne(FrameReader reader, IEnumerable<byte[]> chunks, IMessageReceiver receiver)
    {
        List<byte[]> unread = [];
        foreach (var chunk in chunks)
        {
            unread.Add(chunk);
            var buffer = Sequence(unread);
            var goesOn = reader.Read(ref buffer, receiver);
            unread.Clear();
            foreach (var segment in buffer)
            {
                unread.Add(segment.ToArray());
            }

            if (!goesOn)
            {
                break;
            }
        }
    }

    /// <summary>All chunks arrive at once, in segments of their own.</summary>
    public static void AtOnce(FrameReader reader, IEnumerable<byte[]> chunks, IMessageReceiver receiver)
    {
        var buffer = Sequence(chunks);
        reader.Read(ref buffer, receiver);
    }

    /// <summary>Cuts bytes in two. The parts are copies: a reader unmasks in place.</summary>
    public static byte[][] SplitAt(byte[] bytes, int position) => [bytes[..position], bytes[position..]];

    public static IEnumerable<byte[]> EachByte(byte[] bytes) => bytes.Select(value => new[] { value });

    private static ReadOnlySequence<byte> Sequence(IEnumerable<byte[]> chunks)
    {
        Segment? first = null;
        Segment? last = null;
        foreach (var chunk in chunks)
        {
            last = new Segment(chunk, last);
            first ??= last;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}

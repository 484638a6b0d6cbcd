using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TypedSockets.Formats.Benchmarks.Contracts;

namespace TypedSockets.Formats.Benchmarks.Subjects;

internal readonly struct HandWrittenScores : IHandWritten<List<Score>>
{
    public static void Write(PayloadBuffer buffer, List<Score> value)
    {
        WriteCount(buffer, value.Count);
        foreach (var score in CollectionsMarshal.AsSpan(value))
        {
            var target = buffer.GetSpan(1 + 5 + SpanMessagePack.MaxBytes(score.Player) + 9 + 9 + 1);
            var position = 1;
            target[0] = 0x95;
            SpanMessagePack.WriteInteger(target, ref position, score.Rank);
            SpanMessagePack.WriteString(target, ref position, score.Player);
            SpanMessagePack.WriteInteger(target, ref position, score.Points);
            SpanMessagePack.WriteDouble(target, ref position, score.Accuracy);
            target[position++] = score.IsOnline ? (byte)0xc3 : (byte)0xc2;
            buffer.Advance(position);
        }
    }

    public static List<Score> Read(ReadOnlySpan<byte> payload)
    {
        var position = 0;
        var count = SpanMessagePack.ReadCount(payload, ref position, 0);
        var scores = new List<Score>(count);
        for (; count > 0; count--)
        {
            scores.Add(ReadScore(payload, ref position));
        }

        SpanMessagePack.End(payload, position, 0);
        return scores;
    }

    private static Score ReadScore(ReadOnlySpan<byte> payload, ref int position)
    {
        var members = SpanMessagePack.ReadCount(payload, ref position, 5);
        var rank = (int)SpanMessagePack.ReadInteger(payload, ref position, int.MinValue, int.MaxValue);
        var player = SpanMessagePack.ReadString(payload, ref position);
        var points = SpanMessagePack.ReadInteger(payload, ref position, long.MinValue, long.MaxValue);
        var accuracy = SpanMessagePack.ReadDouble(payload, ref position);
        var isOnline = SpanMessagePack.ReadBoolean(payload, ref position);
        if (members != 5)
        {
            throw new PayloadException($"{members} members.");
        }

        return new Score(rank, player, points, accuracy, isOnline);
    }

    private static void WriteCount(PayloadBuffer buffer, int count)
    {
        var target = buffer.GetSpan(5);
        switch (count)
        {
            case <= 15:
                target[0] = (byte)(0x90 | count);
                buffer.Advance(1);
                break;
            case <= 65_535:
                target[0] = 0xdc;
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)count);
                buffer.Advance(3);
                break;
            default:
                target[0] = 0xdd;
                BinaryPrimitives.WriteInt32BigEndian(target[1..], count);
                buffer.Advance(5);
                break;
        }
    }
}

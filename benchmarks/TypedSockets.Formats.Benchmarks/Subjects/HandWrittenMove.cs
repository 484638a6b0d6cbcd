using TypedSockets.Formats.Benchmarks.Contracts;

namespace TypedSockets.Formats.Benchmarks.Subjects;

internal readonly struct HandWrittenMove : IHandWritten<Move>
{
    public static void Write(PayloadBuffer buffer, Move value)
    {
        var target = buffer.GetSpan(1 + 5 + 5 + 5 + 5 + 5);
        var position = 1;
        target[0] = 0x95;
        SpanMessagePack.WriteInteger(target, ref position, value.Player);
        SpanMessagePack.WriteSingle(target, ref position, value.X);
        SpanMessagePack.WriteSingle(target, ref position, value.Y);
        SpanMessagePack.WriteSingle(target, ref position, value.Z);
        SpanMessagePack.WriteInteger(target, ref position, value.Tick);
        buffer.Advance(position);
    }

    public static Move Read(ReadOnlySpan<byte> payload)
    {
        var position = 0;
        var count = SpanMessagePack.ReadCount(payload, ref position, 5);
        var player = (int)SpanMessagePack.ReadInteger(payload, ref position, int.MinValue, int.MaxValue);
        var x = SpanMessagePack.ReadSingle(payload, ref position);
        var y = SpanMessagePack.ReadSingle(payload, ref position);
        var z = SpanMessagePack.ReadSingle(payload, ref position);
        var tick = (uint)SpanMessagePack.ReadInteger(payload, ref position, 0, uint.MaxValue);
        SpanMessagePack.End(payload, position, count - 5);
        return new Move(player, x, y, z, tick);
    }
}

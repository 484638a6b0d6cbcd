using TypedSockets.Formats.Benchmarks.Contracts;

namespace TypedSockets.Formats.Benchmarks.Subjects;

internal readonly struct HandWrittenChatLine : IHandWritten<ChatLine>
{
    public static void Write(PayloadBuffer buffer, ChatLine value)
    {
        var target = buffer.GetSpan(1 + SpanMessagePack.MaxBytes(value.Room) + SpanMessagePack.MaxBytes(value.User) + SpanMessagePack.MaxBytes(value.Text) + 9);
        var position = 1;
        target[0] = 0x94;
        SpanMessagePack.WriteString(target, ref position, value.Room);
        SpanMessagePack.WriteString(target, ref position, value.User);
        SpanMessagePack.WriteString(target, ref position, value.Text);
        SpanMessagePack.WriteInteger(target, ref position, value.Id);
        buffer.Advance(position);
    }

    public static ChatLine Read(ReadOnlySpan<byte> payload)
    {
        var position = 0;
        var count = SpanMessagePack.ReadCount(payload, ref position, 4);
        var room = SpanMessagePack.ReadString(payload, ref position);
        var user = SpanMessagePack.ReadString(payload, ref position);
        var text = SpanMessagePack.ReadString(payload, ref position);
        var id = SpanMessagePack.ReadInteger(payload, ref position, long.MinValue, long.MaxValue);
        SpanMessagePack.End(payload, position, count - 4);
        return new ChatLine(room, user, text, id);
    }
}

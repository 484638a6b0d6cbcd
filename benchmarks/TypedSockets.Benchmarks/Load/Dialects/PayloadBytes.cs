using TypedSockets.Benchmarks.Contracts;
using TypedSockets.Formats;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>The payloads as ts1 lays them out, MessagePack arrays of their members; what the servers without a protocol carry as well, so that all move the same bytes.</summary>
internal static class PayloadBytes
{
    public static byte[] Of(ChatLine line)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(4);
        writer.WriteString(line.Room);
        writer.WriteString(line.User);
        writer.WriteString(line.Text);
        writer.WriteInt64(line.Id);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    public static byte[] Of(Move move)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(5);
        writer.WriteInt32(move.Player);
        writer.WriteSingle(move.X);
        writer.WriteSingle(move.Y);
        writer.WriteSingle(move.Z);
        writer.WriteUInt64(move.Tick);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    /// <summary>The arguments of a call that has one: a MessagePack array of one.</summary>
    public static byte[] AsArguments(byte[] payload) => [0x91, .. payload];
}

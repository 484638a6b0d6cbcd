using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Codecs;

/// <summary>
/// What two events of a connection have in common when the newer replaces the older: namespace, event and key arguments, as bytes. The same in every codec, so that a broadcast has one.
/// </summary>
internal static class ConflationKey
{
    public static ReadOnlySpan<byte> Write<TArguments>(PayloadBuffer buffer, uint namespaceNumber, int eventId, in TArguments arguments)
        where TArguments : struct, IConflatedPayload
    {
        var head = buffer.GetSpan(2 * Varint.MaxSize);
        var length = Varint.Write(head, namespaceNumber);
        length += Varint.Write(head[length..], (uint)eventId);
        buffer.Advance(length);
        var writer = new MessagePackWriter(buffer);
        arguments.WriteKey(ref writer);
        writer.Flush();
        return buffer.Written;
    }
}

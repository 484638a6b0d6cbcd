using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>A value as the JSON that something else has written, or will read.</summary>
internal readonly struct SerializedJson : IPayloadCodec<byte[]>
{
    public static void Write<TWriter>(ref TWriter writer, byte[] value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteSerialized(value);

    public static byte[] Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadSerialized().ToArray();
}

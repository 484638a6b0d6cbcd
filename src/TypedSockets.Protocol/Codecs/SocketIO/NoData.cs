using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Stands for data that is not said; whatever a peer says in its place is skipped.</summary>
internal readonly struct NoData : IPayloadCodec<NoData>
{
    public static void Write<TWriter>(ref TWriter writer, NoData value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteNil();

    public static NoData Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        reader.Skip();
        return default;
    }
}

using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>What a server tells when a namespace is open.</summary>
/// <param name="Id">The public id of the connection to the namespace: <c>sid</c>.</param>
/// <param name="RecoveryId">What the client comes back with to have its state recovered, a secret: <c>pid</c>. Null where the server recovers nothing.</param>
internal readonly record struct ConnectedData(string Id, string? RecoveryId = null) : IPayloadCodec<ConnectedData>
{
    public static void Write<TWriter>(ref TWriter writer, ConnectedData value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginNamedObject(value.RecoveryId is null ? 1 : 2);
        writer.WriteName("sid"u8);
        writer.WriteString(value.Id);
        if (value.RecoveryId is not null)
        {
            writer.WriteName("pid"u8);
            writer.WriteString(value.RecoveryId);
        }

        writer.EndObject();
    }

    public static ConnectedData Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        string? id = null;
        string? recoveryId = null;
        var left = reader.BeginNamedObject();
        while (reader.HasNext(ref left))
        {
            var name = reader.ReadName();
            if (name.SequenceEqual("sid"u8))
            {
                id = reader.ReadString();
            }
            else if (name.SequenceEqual("pid"u8))
            {
                recoveryId = reader.ReadString();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndObject();
        return new ConnectedData(id ?? throw PayloadException.Missing("sid"), recoveryId);
    }
}

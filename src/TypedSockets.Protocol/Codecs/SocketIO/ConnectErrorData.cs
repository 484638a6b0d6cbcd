using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Why a namespace was refused: <c>{"message":"…","data":…}</c>, which a Socket.IO client hands to its user as an error.</summary>
/// <typeparam name="TData">What the server says beside the text.</typeparam>
/// <typeparam name="TCodec">The codec of <typeparamref name="TData"/>.</typeparam>
/// <param name="Message">The text.</param>
/// <param name="HasData">Whether <paramref name="Data"/> is said.</param>
/// <param name="Data">What else the server says.</param>
internal readonly record struct ConnectErrorData<TData, TCodec>(string Message, bool HasData, TData? Data) : IPayloadCodec<ConnectErrorData<TData, TCodec>>
    where TCodec : struct, IPayloadCodec<TData>
{
    public static void Write<TWriter>(ref TWriter writer, ConnectErrorData<TData, TCodec> value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginNamedObject(value.HasData ? 2 : 1);
        writer.WriteName("message"u8);
        writer.WriteString(value.Message);
        if (value.HasData)
        {
            writer.WriteName("data"u8);
            TCodec.Write(ref writer, value.Data!);
        }

        writer.EndObject();
    }

    public static ConnectErrorData<TData, TCodec> Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        var message = "";
        var hasData = false;
        TData? data = default;
        var left = reader.BeginNamedObject();
        while (reader.HasNext(ref left))
        {
            var name = reader.ReadName();
            if (name.SequenceEqual("message"u8))
            {
                message = reader.ReadString();
            }
            else if (name.SequenceEqual("data"u8))
            {
                data = TCodec.Read(ref reader);
                hasData = true;
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndObject();
        return new ConnectErrorData<TData, TCodec>(message, hasData, data);
    }
}

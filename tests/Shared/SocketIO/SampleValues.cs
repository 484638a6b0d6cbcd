using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>Arguments, results and data of a few types, as the generator would write them: an array of the values, or the one value.</summary>
internal readonly struct SampleValues(params object?[] values) : IPayload, IPayloadCodec<object?>
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(values.Length);
        foreach (var value in values)
        {
            Write(ref writer, value);
        }

        writer.EndArray();
    }

    public object?[] ToValues() => values;

    public static void Write<TWriter>(ref TWriter writer, object? value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        switch (value)
        {
            case int number:
                writer.WriteInt32(number);
                break;
            case string text:
                writer.WriteString(text);
                break;
            case byte[] bytes:
                writer.WriteBinary(bytes);
                break;
            case (string name, var member):
                writer.BeginNamedObject(1);
                writer.WriteName(System.Text.Encoding.UTF8.GetBytes(name));
                Write(ref writer, member);
                writer.EndObject();
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    public static object? Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadString();
}

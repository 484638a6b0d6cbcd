using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>The arguments of an event without a contract, on their way out.</summary>
internal readonly struct DynamicPayload(DynamicValue[] values) : IPayload
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(values.Length);
        foreach (var value in values)
        {
            value.Write(ref writer);
        }

        writer.EndArray();
    }

    public object?[] ToValues() => [.. values];
}

using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>What acknowledges a request whose handler ended with a fault that its event declares: <c>[{"$fault":"Declared","name":"NotAMember","data":…}]</c>. <see cref="FaultData"/> reads it.</summary>
internal readonly struct DeclaredFaultPayload<TFault, TCodec>(string name, TFault value) : IPayload
    where TCodec : struct, IPayloadCodec<TFault>
{
    public void Write<TWriter>(ref TWriter writer) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(1);
        writer.BeginNamedObject(3);
        writer.WriteName(FaultData.Marker);
        writer.WriteString(nameof(RemoteFault.Declared));
        writer.WriteName(FaultData.NameOfFault);
        writer.WriteString(name);
        writer.WriteName(FaultData.DataOfFault);
        TCodec.Write(ref writer, value);
        writer.EndObject();
        writer.EndArray();
    }

    public object?[] ToValues() => [value];
}

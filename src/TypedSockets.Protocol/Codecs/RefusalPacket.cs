using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Codecs;

/// <summary>The packet by which a server refuses a namespace: in ts1 a reason and its data, in Socket.IO a message and its data.</summary>
internal static class RefusalPacket
{
    // What Socket.IO's server says, and clients look for.
    private const string UnknownNamespace = "Invalid namespace";

    /// <param name="codec">The session's codec.</param>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="correlation">The number in the client's CONNECT, where the codec has one.</param>
    /// <param name="namespace">The namespace; null for ts1.</param>
    /// <param name="reason">Why.</param>
    /// <param name="refusal">Writes the data of <see cref="Unauthorized"/>; null where there is none.</param>
    public static ReadOnlySpan<byte> Write(EventCodec codec, PayloadBuffer buffer, uint correlation, SocketIONamespace? @namespace, DisconnectReason reason, ConnectPayload? refusal)
    {
        var data = refusal is null ? null : (reason as Unauthorized)?.Data;
        if (codec is EventCodec.Ts1)
        {
            return Ts1Writer.WriteRefusal(buffer, correlation, reason, refusal, data);
        }

        ArgumentNullException.ThrowIfNull(@namespace);
        using var json = PayloadBuffer.Rent();
        if (data is not null)
        {
            refusal!.WriteJson(json, data);
        }

        var message = reason switch
        {
            ContractMismatch => UnknownNamespace,
            Unauthorized { Text: { } said } => said,
            _ => reason.Description,
        };
        var error = new ConnectErrorData<byte[], SerializedJson>(message, HasData: data is not null, json.Written.ToArray());
        if (codec is not EventCodec.SocketIOMessagePack)
        {
            return TextPacketWriter.WriteConnectError(buffer, @namespace, error);
        }

        using var text = PayloadBuffer.Rent();
        return PacketWriter.Transcode(buffer, @namespace, TextPacketWriter.WriteConnectError(text, @namespace, error), []);
    }

    /// <summary>Reads a reason of ts1 and its data.</summary>
    /// <exception cref="PayloadException">The bytes are not a reason.</exception>
    public static DisconnectReason ReadTs1(ReadOnlySpan<byte> payload, ConnectPayload? refusal, PayloadLimits limits)
    {
        var reason = ReasonCodec.Read(payload, out var data);
        return reason is Unauthorized unauthorized && refusal is not null && !data.IsEmpty ? unauthorized with { Data = TryRead(refusal, isJson: false, data, limits) } : reason;
    }

    /// <summary>Reads the error of a Socket.IO server.</summary>
    /// <exception cref="PayloadException">The text is not such an error.</exception>
    public static DisconnectReason ReadJson(ReadOnlySpan<byte> payload, string @namespace, ConnectPayload? refusal, PayloadLimits limits)
    {
        var error = ReadError(payload, limits);
        if (error.Message == UnknownNamespace)
        {
            return new ContractMismatch($"The server refused namespace '{@namespace}': {error.Message}") { Initiator = Initiator.Remote };
        }

        return new Unauthorized(error.Message) { Data = error.HasData && refusal is not null ? TryRead(refusal, isJson: true, error.Data, limits) : null, Initiator = Initiator.Remote };
    }

    // Some servers send the message alone.
    private static ConnectErrorData<byte[], SerializedJson> ReadError(ReadOnlySpan<byte> payload, PayloadLimits limits)
    {
        var reader = new JsonReader(payload, limits);
        var error = payload is [(byte)'"', ..]
            ? new ConnectErrorData<byte[], SerializedJson>(reader.ReadString(), HasData: false, null)
            : ConnectErrorData<byte[], SerializedJson>.Read(ref reader);
        reader.Complete();
        return error;
    }

    // Why the client is refused is more than what comes with it: data of another type does not hide it. A type's own constructor may throw anything.
    private static object? TryRead(ConnectPayload refusal, bool isJson, ReadOnlySpan<byte> data, PayloadLimits limits)
    {
        try
        {
            return isJson ? refusal.ReadJson(data, [], limits) : refusal.ReadMessagePack(data, limits);
        }
        catch (Exception)
        {
            return null;
        }
    }
}

using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Sessions;

/// <summary>What a client asked for with CONNECT.</summary>
/// <param name="Correlation">The number that the answer carries, where the codec has one.</param>
/// <param name="Auth">What the client says about itself; null for nothing.</param>
/// <param name="Refusal">Why the client is refused already: what it says cannot be read. Otherwise null.</param>
/// <param name="Agreement">How the client's contract compares with this end's.</param>
internal sealed record ConnectRequest(uint Correlation, object? Auth, Unauthorized? Refusal, ContractAgreement Agreement)
{
    /// <summary>What the client says of the connection that it lost; null for nothing.</summary>
    public RecoveryRequest? Recovery { get; init; }

    /// <summary>Reads what a client says about itself.</summary>
    /// <param name="codec">The session's codec.</param>
    /// <param name="correlation">The number in the CONNECT.</param>
    /// <param name="agreement">How the client's contract compares with this end's.</param>
    /// <param name="payload">One value, or nothing. MessagePack is well-formed.</param>
    /// <param name="authentication">How the contract's clients say who they are; null where everybody may connect.</param>
    /// <param name="limits">What values are allowed.</param>
    /// <exception cref="PacketException">The payload is not JSON.</exception>
    public static ConnectRequest Read(EventCodec codec, uint correlation, ContractAgreement agreement, ReadOnlySpan<byte> payload, ConnectAuthentication? authentication, PayloadLimits limits)
    {
        var request = new ConnectRequest(correlation, null, null, agreement);
        if (authentication is null || payload.IsEmpty)
        {
            return request;
        }

        try
        {
            return request with { Auth = ReadAuth(codec, payload, authentication.Auth, limits) };
        }
        catch (Exception exception)
        {
            if (codec is EventCodec.SocketIOText && !JsonSyntax.IsValid(payload))
            {
                throw new PacketException(new SocketIOViolationException("The payload of a CONNECT is not JSON.", exception).ReasonOn(Side.Server));
            }

            // What a type's own constructor threw stays here: it may tell more than a stranger should know.
            var detail = exception is PayloadException ? exception.Message : "a value was refused by its type.";
            return request with { Refusal = new Unauthorized($"The auth payload cannot be read: {detail}") };
        }
    }

    private static object? ReadAuth(EventCodec codec, ReadOnlySpan<byte> payload, ConnectPayload auth, PayloadLimits limits)
    {
        if (codec is EventCodec.SocketIOText)
        {
            return auth.ReadJson(payload, [], limits);
        }

        if (codec is EventCodec.Ts1)
        {
            var reader = new MessagePackReader(payload, limits);
            return reader.TryReadNil() ? null : auth.ReadMessagePack(payload, limits);
        }

        using var json = PayloadBuffer.Rent();
        var attachments = new List<byte[]>();
        JsonTranscoder.ToJson(payload, json, attachments, MessagePackPacketReader.Limits);
        return auth.ReadJson(json.Written, [.. attachments.Select(static bytes => (ReadOnlyMemory<byte>)bytes)], limits);
    }
}

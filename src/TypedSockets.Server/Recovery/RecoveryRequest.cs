using System.Text;
using System.Text.Json;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Server.Recovery;

/// <summary>What a client that comes back says of the connection that it lost, among what it says of itself.</summary>
/// <param name="RecoveryId">Which one: <c>pid</c>.</param>
/// <param name="Offset">The last event that it got; null if it got none: <c>offset</c>.</param>
internal sealed record RecoveryRequest(string RecoveryId, long? Offset)
{
    // How deep what is skipped may be is for who reads it.
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads the payload of a CONNECT packet; null when it asks for nothing that this server could have told.</summary>
    /// <param name="codec">The session's codec.</param>
    /// <param name="payload">What the client says of itself; empty for nothing.</param>
    /// <param name="isAll">Whether the client says nothing beside.</param>
    /// <exception cref="SocketIOViolationException">The payload is not JSON.</exception>
    public static RecoveryRequest? Read(EventCodec codec, ReadOnlySpan<byte> payload, out bool isAll)
    {
        isAll = true;
        if (payload.IsEmpty)
        {
            return null;
        }

        try
        {
            if (codec is not EventCodec.SocketIOMessagePack)
            {
                return Read(payload, out isAll);
            }

            using var json = PayloadBuffer.Rent();
            JsonTranscoder.ToJson(payload, json, null, MessagePackPacketReader.Limits);
            return Read(json.Written, out isAll);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or PayloadException)
        {
            throw new SocketIOViolationException("What a CONNECT packet says of the client is not JSON.", exception);
        }
    }

    private static RecoveryRequest? Read(ReadOnlySpan<byte> json, out bool isAll)
    {
        string? recoveryId = null;
        long? offset = null;
        var isOffset = true;
        var others = 0;
        var reader = new Utf8JsonReader(json, s_anyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isRecoveryId = reader.ValueTextEquals("pid"u8);
            var isOffsetName = !isRecoveryId && reader.ValueTextEquals("offset"u8);
            reader.Read();
            if (isRecoveryId)
            {
                recoveryId = IsPlain(reader) && reader.ValueSpan.Length == SessionId.Length ? Encoding.UTF8.GetString(reader.ValueSpan) : null;
            }
            else if (isOffsetName)
            {
                offset = IsPlain(reader) ? RecoveryOffset.TryRead(reader.ValueSpan) : null;
                isOffset = offset is not null || reader.TokenType is JsonTokenType.Null;
            }
            else
            {
                others++;
            }

            reader.Skip();
        }

        // Behind the object nothing may follow.
        reader.Read();
        isAll = recoveryId is not null && others == 0;
        return recoveryId is null || !isOffset ? null : new RecoveryRequest(recoveryId, offset);
    }

    // What a server tells has no escapes, and neither has what its clients send back.
    private static bool IsPlain(in Utf8JsonReader reader) => reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false };
}

using System.Text;
using TypedSockets.Protocol.Codecs.SocketIO;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>
/// Reads the messages of a case as a connection would, and tells what came of it in a line: each packet as <c>TYPE namespace #ackId name data</c>, then <c>refused</c> or
/// <c>waiting</c> for attachments. <c>node/packets.mjs</c> tells the same of the npm packages.
/// </summary>
internal static class PacketVerdict
{
    public const string Refused = "refused";
    public const string Waiting = "waiting";

    private const long MaxBytes = 1_000_000;
    private const int MaxShown = 80;

    public static string OfText(IEnumerable<object> messages)
    {
        List<string> told = [];
        var collector = new AttachmentCollector(MaxBytes);
        try
        {
            foreach (var message in messages)
            {
                if (message is string text)
                {
                    collector.ThrowIfPending();
                    ReadText(Encoding.UTF8.GetBytes(text), collector, told);
                }
                else if (collector.Add((byte[])message))
                {
                    told.Add(Tell(collector.Packet, collector.Attachments));
                    collector.Clear();
                }
            }

            if (collector.IsPending)
            {
                told.Add(Waiting);
            }
        }
        catch (SocketIOViolationException)
        {
            told.Add(Refused);
        }

        return string.Join("; ", told);
    }

    public static string OfMessagePack(byte[] message)
    {
        try
        {
            var packet = MessagePackPacketReader.Read(message);
            if (packet.Type is not SocketIOPacketType.Event)
            {
                return Tell(packet, "", packet.Payload.IsEmpty ? "" : MessagePackText.Of(packet.Payload));
            }

            using var payload = EventPayload.SplitMessagePack(packet);
            return Tell(packet, Encoding.UTF8.GetString(payload.Name), MessagePackText.Of(payload.Arguments));
        }
        catch (SocketIOViolationException)
        {
            return Refused;
        }
    }

    private static void ReadText(ReadOnlySpan<byte> message, AttachmentCollector collector, List<string> told)
    {
        var packet = TextPacketReader.Read(message);
        if (packet.Attachments > 0)
        {
            collector.Begin(message, packet);
            return;
        }

        if (!packet.Payload.IsEmpty && !JsonSyntax.IsValid(packet.Payload))
        {
            throw new SocketIOViolationException("The payload is not JSON.");
        }

        told.Add(Tell(packet, []));
    }

    private static string Tell(in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (packet.Type is not (SocketIOPacketType.Event or SocketIOPacketType.BinaryEvent))
        {
            return Tell(packet, "", Json(packet.Payload, attachments));
        }

        using var payload = EventPayload.SplitText(packet);
        return Tell(packet, Encoding.UTF8.GetString(payload.Name), Json(payload.Arguments, attachments));
    }

    private static string Tell(in SocketIOPacket packet, string name, string data)
    {
        // Node's parsers call a binary packet whose attachments have come by the name of the other.
        var type = packet.Type switch
        {
            SocketIOPacketType.BinaryEvent => SocketIOPacketType.Event,
            SocketIOPacketType.BinaryAck => SocketIOPacketType.Ack,
            _ => packet.Type,
        };
        string[] parts = [$"{type}", Encoding.UTF8.GetString(packet.Namespace), packet.AckId is { } id ? $"#{id}" : "", name, data];
        var told = string.Join(" ", parts.Where(part => part != ""));
        return told.Length > MaxShown ? $"{told[..MaxShown]}… {told.Length} characters" : told;
    }

    /// <summary>JSON without white space, and with the attachments as <c>{"$bytes":"hexadecimal"}</c>.</summary>
    private static string Json(ReadOnlySpan<byte> payload, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        var json = new StringBuilder();
        var isString = false;
        var isEscaped = false;
        foreach (var character in Encoding.UTF8.GetString(payload))
        {
            if (isString || !char.IsWhiteSpace(character))
            {
                json.Append(character);
            }

            isString ^= character == '"' && !isEscaped;
            isEscaped = character == '\\' && !isEscaped;
        }

        for (var index = 0; index < attachments.Length; index++)
        {
            var bytes = $$"""{"$bytes":"{{Convert.ToHexStringLower(attachments[index].Span)}}"}""";
            json.Replace($$"""{"_placeholder":true,"num":{{index}}}""", bytes).Replace($$"""{"num":{{index}},"_placeholder":true}""", bytes);
        }

        return json.ToString();
    }
}

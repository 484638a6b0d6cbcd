using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>Packets as our writers write them, and what every reader makes of them.</summary>
internal static class WrittenPackets
{
    private static readonly SocketIONamespace s_main = new("/");
    private static readonly SocketIONamespace s_chat = new("/chat");
    private static readonly SocketIORoute s_said = new(s_main, "said");
    private static readonly SocketIORoute s_chatSaid = new(s_chat, "said");
    private static readonly byte[] s_first = [1, 2];
    private static readonly byte[] s_second = [3];

    public static IReadOnlyDictionary<string, Written> All { get; } = new Dictionary<string, Written>
    {
        ["event"] = Event("Event / said [1]", """42["said",1]""", s_said, null, 1),
        ["event-without-arguments"] = Event("Event / said []", """42["said"]""", s_said, null),
        ["event-namespace"] = Event("Event /chat said [\"a\",null]", """42/chat,["said","a",null]""", s_chatSaid, null, "a", null),
        ["event-ack"] = Event("Event /chat #12 said [1]", """42/chat,12["said",1]""", s_chatSaid, 12, 1),
        ["event-ack-zero"] = Event("Event / #0 said []", """420["said"]""", s_said, 0),
        ["event-ack-of-eight-bits"] = Event("Event / #200 said []", """42200["said"]""", s_said, 200),
        ["event-ack-largest"] = Event("Event / #4294967295 said [1]", """424294967295["said",1]""", s_said, uint.MaxValue, 1),
        ["event-name-escaped"] = Event("Event / a\"b\\c\n [1]", """42["a\"b\\c\n",1]""", new(s_main, "a\"b\\c\n"), null, 1),
        ["event-name-beyond-ascii"] = Event("Event /é é😀 [\"😀\"]", """42/é,["é😀","😀"]""", new(new("/é"), "é😀"), null, "😀"),
        ["event-name-empty"] = Event("Event / [1]", """42["",1]""", new(s_main, ""), null, 1),
        ["event-name-long"] = Event($"Event / {new string('n', 72)}… 312 characters", $"""42["{new string('n', 300)}",1]""", new(s_main, new string('n', 300)), null, 1),
        ["event-fifteen-arguments"] = Event($"Event / said [{Ones(15)}]", $"""42["said",{Ones(15)}]""", s_said, null, [.. Enumerable.Repeat<object?>(1, 15)]),
        ["event-sixteen-arguments"] = Event($"Event / said [{Ones(16)}]", $"""42["said",{Ones(16)}]""", s_said, null, [.. Enumerable.Repeat<object?>(1, 16)]),
        ["event-bytes"] = Event(
            """Event /chat #12 said [{"$bytes":"0102"},"a",{"b":{"$bytes":"03"}}]""",
            """452-/chat,12["said",{"_placeholder":true,"num":0},"a",{"b":{"_placeholder":true,"num":1}}]""",
            s_chatSaid, 12, s_first, "a", ("b", s_second)),
        ["event-ten-attachments"] = Event(
            $"Event / said [{string.Join(",", Enumerable.Repeat("""{"$bytes":"03"}""", 10))}]"[..80] + "… 174 characters",
            $$"""4510-["said",{{string.Join(",", Enumerable.Range(0, 10).Select(index => $$"""{"_placeholder":true,"num":{{index}}}"""))}}]""",
            s_said, null, [.. Enumerable.Repeat<object?>(s_second, 10)]),
        ["event-offset"] = new(
            """Event / said [1,"Q8"]""", """42["said",1,"Q8"]""",
            (buffer, attachments) => Text(TextPacketWriter.WriteEvent(buffer, s_said, null, new SampleValues(1), out var sent, "Q8"), sent, attachments)),
        ["event-offset-alone"] = new(
            """Event / said ["Q8"]""", """42["said","Q8"]""",
            (buffer, attachments) => Text(TextPacketWriter.WriteEvent(buffer, s_said, null, new SampleValues([]), out var sent, "Q8"), sent, attachments)),
        ["event-offset-behind-attachment"] = new(
            """Event / said [{"$bytes":"03"},"Q8"]""", """451-["said",{"_placeholder":true,"num":0},"Q8"]""",
            (buffer, attachments) => Text(TextPacketWriter.WriteEvent(buffer, s_said, null, new SampleValues(s_second), out var sent, "Q8"), sent, attachments)),
        ["reply"] = Reply("Ack /chat #12 [\"a\"]", """43/chat,12["a"]""", s_chat, "a"),
        ["reply-nil"] = Reply("Ack / #12 [null]", "4312[null]", s_main, null),
        ["reply-object"] = Reply("""Ack / #12 [{"a":1}]""", """4312[{"a":1}]""", s_main, ("a", 1)),
        ["reply-bytes"] = Reply("""Ack /chat #12 [{"$bytes":"0102"}]""", """461-/chat,12[{"_placeholder":true,"num":0}]""", s_chat, s_first),
        ["ack"] = new("Ack /chat #12 []", "43/chat,12[]", buffer => TextPacketWriter.WriteAck(buffer, s_chat, 12).ToArray(), buffer => MessagePackPacketWriter.WriteAck(buffer, s_chat, 12).ToArray()),
        ["fault"] = new(
            """Ack / #1 [{"$fault":"NotSupported"}]""", """431[{"$fault":"NotSupported"}]""",
            buffer => TextPacketWriter.WriteFault(buffer, s_main, 1, RemoteFault.NotSupported, null).ToArray(),
            buffer => MessagePackPacketWriter.WriteFault(buffer, s_main, 1, RemoteFault.NotSupported, null).ToArray()),
        ["fault-message"] = new(
            """Ack / #1 [{"$fault":"HandlerFailed","message":"no"}]""", """431[{"$fault":"HandlerFailed","message":"no"}]""",
            buffer => TextPacketWriter.WriteFault(buffer, s_main, 1, RemoteFault.HandlerFailed, "no").ToArray(),
            buffer => MessagePackPacketWriter.WriteFault(buffer, s_main, 1, RemoteFault.HandlerFailed, "no").ToArray()),
        ["connect"] = new("Connect /", "40", buffer => TextPacketWriter.WriteConnect(buffer, s_main).ToArray()),
        ["connect-namespace"] = new("Connect /chat", "40/chat,", buffer => TextPacketWriter.WriteConnect(buffer, s_chat).ToArray()),
        ["connect-raw"] = new(
            """Connect /chat {"a":1}""", """40/chat,{"a":1}""",
            buffer => TextPacketWriter.WriteConnect(buffer, s_chat, """{"a":1}"""u8).ToArray()),
        ["connect-auth"] = new(
            """Connect / {"token":"a"}""", """40{"token":"a"}""",
            buffer => TextPacketWriter.WriteConnect<object?, SampleValues>(buffer, s_main, ("token", "a")).ToArray()),
        ["connected"] = new(
            """Connect / {"sid":"s"}""", """40{"sid":"s"}""",
            buffer => TextPacketWriter.WriteConnected(buffer, s_main, new ConnectedData("s")).ToArray(),
            buffer => MessagePackPacketWriter.WriteConnected(buffer, s_main, new ConnectedData("s")).ToArray()),
        ["connected-with-recovery"] = new(
            """Connect /chat {"sid":"s","pid":"p"}""", """40/chat,{"sid":"s","pid":"p"}""",
            buffer => TextPacketWriter.WriteConnected(buffer, s_chat, new ConnectedData("s", "p")).ToArray(),
            buffer => MessagePackPacketWriter.WriteConnected(buffer, s_chat, new ConnectedData("s", "p")).ToArray()),
        ["connect-error"] = Refusal("""ConnectError / {"message":"no"}""", """44{"message":"no"}""", new("no", false, null)),
        ["connect-error-data"] = Refusal("""ConnectError / {"message":"no","data":{"code":5}}""", """44{"message":"no","data":{"code":5}}""", new("no", true, ("code", 5))),
        ["disconnect"] = new("Disconnect /", "41", buffer => TextPacketWriter.WriteDisconnect(buffer, s_main).ToArray(), buffer => MessagePackPacketWriter.WriteDisconnect(buffer, s_main).ToArray()),
        ["disconnect-namespace"] = new(
            "Disconnect /chat", "41/chat,", buffer => TextPacketWriter.WriteDisconnect(buffer, s_chat).ToArray(), buffer => MessagePackPacketWriter.WriteDisconnect(buffer, s_chat).ToArray()),
    };

    private static Written Event(string told, string text, SocketIORoute route, uint? ackId, params object?[] arguments) => new(
        told, text,
        (buffer, attachments) => Text(TextPacketWriter.WriteEvent(buffer, route, ackId, new SampleValues(arguments), out var sent), sent, attachments));

    private static Written Reply(string told, string text, SocketIONamespace @namespace, object? result) => new(
        told, text,
        (buffer, attachments) => Text(TextPacketWriter.WriteReply<object?, SampleValues>(buffer, @namespace, 12, result, out var sent), sent, attachments));

    private static Written Refusal(string told, string text, ConnectErrorData<object?, SampleValues> error) => new(
        told, text, buffer => TextPacketWriter.WriteConnectError(buffer, s_main, error).ToArray());

    private static string Ones(int count) => string.Join(",", Enumerable.Repeat(1, count));

    private static byte[] Text(ReadOnlySpan<byte> packet, byte[][] sent, List<byte[]> attachments)
    {
        attachments.AddRange(sent);
        return packet.ToArray();
    }

    /// <param name="Told">What a reader makes of it, as <see cref="PacketVerdict"/> tells it.</param>
    /// <param name="Packet">The text of the packet, with Engine.IO's type.</param>
    /// <param name="WriteText">Writes the text and adds the attachments.</param>
    /// <param name="WriteMessagePack">Writes the packet as MessagePack; null where it is the text, turned over.</param>
    internal sealed record Written(string Told, string Packet, Func<PayloadBuffer, List<byte[]>, byte[]> WriteText, Func<PayloadBuffer, byte[]>? WriteMessagePack = null)
    {
        public Written(string told, string packet, Func<PayloadBuffer, byte[]> writeText, Func<PayloadBuffer, byte[]>? writeMessagePack = null)
            : this(told, packet, (buffer, _) => writeText(buffer), writeMessagePack)
        {
        }

        /// <summary>The messages of the default parser as Socket.IO sees them: without Engine.IO's type, and with the attachments behind.</summary>
        public object[] ToText()
        {
            using var buffer = PayloadBuffer.Rent();
            List<byte[]> attachments = [];
            var text = Encoding.UTF8.GetString(WriteText(buffer, attachments));
            return [text[1..], .. attachments];
        }

        /// <summary>The text, turned into MessagePack.</summary>
        public byte[] ToTranscoded()
        {
            var messages = ToText();
            var packet = TextPacketReader.Read(PacketCase.Bytes((string)messages[0]));
            using var buffer = PayloadBuffer.Rent();
            return MessagePackPacketWriter.WriteTranscoded(
                buffer, new SocketIONamespace(Encoding.UTF8.GetString(packet.Namespace)), packet, messages.Skip(1).Cast<byte[]>().ToArray()).ToArray();
        }

        public byte[] ToMessagePack()
        {
            if (WriteMessagePack is null)
            {
                return ToTranscoded();
            }

            using var buffer = PayloadBuffer.Rent();
            return WriteMessagePack(buffer);
        }
    }
}

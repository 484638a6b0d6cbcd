using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TypedSockets.Benchmarks.Contracts;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>SignalR's JSON hub protocol: records that end with 0x1E, one or many in a WebSocket message.</summary>
internal sealed class SignalRDialect : Dialect
{
    private const byte RecordSeparator = 0x1E;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public override string RequestTarget => "/bench";

    public override IncomingKind AfterUpgrade => IncomingKind.GreetingDue;

    public override bool DecodesPayloads => true;

    public override byte[] Greeting { get; } = Frame("""{"protocol":"json","version":1}""");

    public override byte[] Request(int slot, ChatLine line) => Frame($$"""{"type":1,"invocationId":"{{slot}}","target":"Echo","arguments":[{{Json(line)}}]}""");

    public override byte[] ReplyBody(ChatLine line) => Encoding.UTF8.GetBytes($"\"result\":{Json(line)}}}");

    public override byte[] OneWay(Move move) => Frame($$"""{"type":1,"target":"Moved","arguments":[{{Json(move)}}]}""");

    public override byte[] Publish(ChatLine line) => Frame($$"""{"type":1,"target":"Publish","arguments":[{{Json(line)}}]}""");

    public override byte[] DeliveryBody(ChatLine line) => Encoding.UTF8.GetBytes($"\"target\":\"Published\",\"arguments\":[{Json(line)}]}}");

    public override bool TryRead(Opcode opcode, ref ReadOnlySpan<byte> message, out Incoming incoming)
    {
        incoming = default;
        if (message.IsEmpty)
        {
            return false;
        }

        var end = message.IndexOf(RecordSeparator);
        if (end < 0)
        {
            throw new LoadException($"The server sent a message without a record separator: '{Encoding.UTF8.GetString(message)}'.");
        }

        incoming = ReadRecord(message[..end]);
        message = message[(end + 1)..];
        return true;
    }

    // The server writes its properties in a fixed order, so this looks at positions instead of parsing JSON: the generator must not be the bottleneck.
    private static Incoming ReadRecord(ReadOnlySpan<byte> record)
    {
        if (record.SequenceEqual("{}"u8))
        {
            return new Incoming(IncomingKind.Opened);
        }

        var invocation = "{\"type\":1,"u8;
        if (record.StartsWith(invocation))
        {
            return new Incoming(IncomingKind.Delivery, body: record[invocation.Length..]);
        }

        var completion = "{\"type\":3,\"invocationId\":\""u8;
        if (record.StartsWith(completion) && Utf8Parser.TryParse(record[completion.Length..], out int slot, out var digits))
        {
            // The closing quote and the comma.
            return new Incoming(IncomingKind.Reply, slot, record[(completion.Length + digits + 2)..]);
        }

        var ping = "{\"type\":6"u8;
        return record.StartsWith(ping)
            ? new Incoming(IncomingKind.Ignored)
            : throw new LoadException($"The server sent '{Encoding.UTF8.GetString(record)}'.");
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, s_json);

    private static byte[] Frame(string record) => MaskedFrame.Build(Opcode.Text, [.. Encoding.UTF8.GetBytes(record), RecordSeparator]);
}

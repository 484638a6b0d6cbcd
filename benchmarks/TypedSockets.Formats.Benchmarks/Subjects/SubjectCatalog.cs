using System.Text;
using System.Text.Json.Serialization.Metadata;
using TypedSockets.Formats.Benchmarks.Contracts;

namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>Every payload in every way. The values are the same in each run.</summary>
internal static class SubjectCatalog
{
    public const string Generated = "MessagePack";
    public const string HandWritten = "hand-written MessagePack";
    public const string GeneratedJson = "JSON";
    public const string Json = "System.Text.Json";

    public static string[] Payloads { get; } = ["chat line", "game move", "50 scores"];

    public static Dictionary<string, Subject> Create(string payload) => payload switch
    {
        "chat line" => Create<ChatLine, HandWrittenChatLine>(s_line, PayloadJson.Default.ChatLine, proxy => proxy.ChatLine()),
        "game move" => Create<Move, HandWrittenMove>(s_move, PayloadJson.Default.Move, proxy => proxy.Move()),
        _ => Create<List<Score>, HandWrittenScores>(s_scores, PayloadJson.Default.ListScore, proxy => proxy.Scores()),
    };

    private static readonly ChatLine s_line = new("lobby-07", "maria.nilsen", "I will be there at eight, unless the ferry is late again; wait.", 1_790_000_000_123_456_789);

    private static readonly Move s_move = new(100_042, 12.75f, -3.5f, 1_024.125f, 86_400_123);

    private static readonly List<Score> s_scores =
        [.. Enumerable.Range(1, 50).Select(rank => new Score(rank, $"player{rank:000000}", 10_000_000 / rank, 1.0 / (rank + 1), rank % 2 == 0))];

    private static Dictionary<string, Subject> Create<T, TSerializer>(T value, JsonTypeInfo<T> type, Func<IPayloads, Task<T>> call)
        where T : notnull
        where TSerializer : struct, IHandWritten<T>
    {
        var capture = new SerializerCapture(value);
        var generated = call(IPayloads.Contract.CreateServerProxy(capture)).IsCompletedSuccessfully && capture.MessagePack is { } subject
            ? subject
            : throw new InvalidOperationException("The proxy sent nothing.");
        var handWritten = new HandWrittenSubject<T, TSerializer>(value);
        if (!generated.Payload.AsSpan().SequenceEqual(handWritten.Payload))
        {
            throw new InvalidOperationException($"{Convert.ToHexString(generated.Payload)} is not {Convert.ToHexString(handWritten.Payload)}.");
        }

        var json = new JsonSubject<T>(value, type);
        if (!capture.Json!.Payload.AsSpan().SequenceEqual(json.Payload))
        {
            throw new InvalidOperationException($"{Encoding.UTF8.GetString(capture.Json.Payload)} is not {Encoding.UTF8.GetString(json.Payload)}.");
        }

        return new() { [Generated] = generated, [HandWritten] = handWritten, [GeneratedJson] = capture.Json, [Json] = json };
    }
}

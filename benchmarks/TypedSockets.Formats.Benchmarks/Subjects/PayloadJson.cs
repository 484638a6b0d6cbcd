using System.Text.Json;
using System.Text.Json.Serialization;
using TypedSockets.Formats.Benchmarks.Contracts;

namespace TypedSockets.Formats.Benchmarks.Subjects;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChatLine))]
[JsonSerializable(typeof(Move))]
[JsonSerializable(typeof(List<Score>))]
internal sealed partial class PayloadJson : JsonSerializerContext;

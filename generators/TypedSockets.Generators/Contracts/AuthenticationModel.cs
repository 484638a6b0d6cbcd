namespace TypedSockets.Generators.Contracts;

/// <summary>What the two ends say when a client connects; see <see cref="ContractModel"/> for what a model may hold.</summary>
/// <param name="Type">What a client says about itself, as written in C#.</param>
/// <param name="Codec">Its codec.</param>
/// <param name="RefusalType">What a client that is refused is told; null for nothing.</param>
/// <param name="RefusalCodec">Its codec; null for nothing.</param>
internal sealed record AuthenticationModel(string Type, string Codec, string? RefusalType, string? RefusalCodec);

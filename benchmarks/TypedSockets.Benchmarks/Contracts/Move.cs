namespace TypedSockets.Benchmarks.Contracts;

/// <summary>The payload of one-way ingest: a fixed-size struct, as a game sends it many times a second.</summary>
/// <param name="Player">Who moved.</param>
/// <param name="X">Where to.</param>
/// <param name="Y">Where to.</param>
/// <param name="Z">Where to.</param>
/// <param name="Tick">When; servers that decode add the ticks up, which shows that they decoded.</param>
public readonly record struct Move(int Player, float X, float Y, float Z, uint Tick);

namespace TypedSockets.Formats.Benchmarks.Contracts;

/// <summary>A fixed-size struct, as a game sends it many times a second.</summary>
/// <param name="Player">Who moved.</param>
/// <param name="X">Where to.</param>
/// <param name="Y">Where to.</param>
/// <param name="Z">Where to.</param>
/// <param name="Tick">When.</param>
public readonly record struct Move(int Player, float X, float Y, float Z, uint Tick);

namespace TypedSockets.Formats.Benchmarks.Contracts;

/// <summary>Three strings and a number.</summary>
/// <param name="Room">8 characters.</param>
/// <param name="User">12 characters.</param>
/// <param name="Text">64 characters.</param>
/// <param name="Id">Needs all eight bytes.</param>
public sealed record ChatLine(string Room, string User, string Text, long Id);

namespace TypedSockets.Formats.Benchmarks.Contracts;

/// <summary>One line of a list of 50.</summary>
/// <param name="Rank">1 to 50.</param>
/// <param name="Player">12 characters.</param>
/// <param name="Points">Up to 24 bits.</param>
/// <param name="Accuracy">A share.</param>
/// <param name="IsOnline">Half of them are.</param>
public sealed record Score(int Rank, string Player, long Points, double Accuracy, bool IsOnline);

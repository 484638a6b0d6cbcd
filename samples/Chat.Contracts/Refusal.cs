namespace Chat.Contracts;

/// <summary>Why the server did not do what it was asked for.</summary>
/// <param name="Why">A sentence for the person who asked.</param>
public sealed record Refusal(string Why);

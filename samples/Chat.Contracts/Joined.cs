namespace Chat.Contracts;

/// <summary>What somebody finds who enters a room.</summary>
/// <param name="Room">The room's name, as <see cref="ChatRules.Normalize"/> spells it.</param>
/// <param name="Members">Who is there, oneself included, sorted.</param>
/// <param name="History">What was said last, oldest first.</param>
public sealed record Joined(string Room, IReadOnlyList<string> Members, IReadOnlyList<Line> History);

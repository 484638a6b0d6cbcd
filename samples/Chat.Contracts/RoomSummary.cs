namespace Chat.Contracts;

/// <summary>One line in the list of rooms.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="People">How many people are in it.</param>
public sealed record RoomSummary(string Name, int People);

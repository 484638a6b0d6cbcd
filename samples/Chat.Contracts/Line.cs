namespace Chat.Contracts;

/// <summary>One thing that was said in a room.</summary>
/// <param name="Number">Counts up in the room.</param>
/// <param name="Who">Who said it.</param>
/// <param name="Text">What was said.</param>
/// <param name="At">When the server received it.</param>
public sealed record Line(long Number, string Who, string Text, DateTimeOffset At);

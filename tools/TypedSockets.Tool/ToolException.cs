namespace TypedSockets.Tool;

/// <summary>Something that the person who runs the tool can mend; the message says what and how.</summary>
internal sealed class ToolException(string message) : Exception(message);

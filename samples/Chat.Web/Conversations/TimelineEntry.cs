using Chat.Contracts;

namespace Chat.Web.Conversations;

/// <summary>One row of what happened in a room.</summary>
public abstract record TimelineEntry(DateTimeOffset At)
{
    /// <summary>Somebody said something.</summary>
    public sealed record Said(Line Line) : TimelineEntry(Line.At);

    /// <summary>Somebody came or went, or the connection did.</summary>
    public sealed record Notice(DateTimeOffset At, string Text) : TimelineEntry(At);
}

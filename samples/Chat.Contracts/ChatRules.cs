namespace Chat.Contracts;

/// <summary>
/// What names and texts may look like. Both ends use the same rules: a client to help while somebody is typing, the server because it cannot trust a client.
/// </summary>
public static class ChatRules
{
    /// <summary>The longest name of a person or a room, in characters.</summary>
    public const int MaxNameLength = 24;

    /// <summary>The longest text that can be said at once, in characters.</summary>
    public const int MaxTextLength = 500;

    /// <summary>The name under which a room is known: without blanks around it, and in lower case.</summary>
    public static string Normalize(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return room.Trim().ToLowerInvariant();
    }

    /// <summary>Says what is wrong with a person's name; null when nothing is.</summary>
    public static Refusal? CheckName(string name) => Check("name", name, MaxNameLength, char.IsControl);

    /// <summary>Says what is wrong with a room's name; null when nothing is.</summary>
    public static Refusal? CheckRoom(string room) => Check("room name", room, MaxNameLength, c => !char.IsLetterOrDigit(c) && c is not '-');

    /// <summary>Says what is wrong with a text; null when nothing is.</summary>
    public static Refusal? CheckText(string text) => Check("text", text, MaxTextLength, char.IsControl);

    private static Refusal? Check(string what, string value, int limit, Func<char, bool> isForbidden)
    {
        ArgumentNullException.ThrowIfNull(value);
        var trimmed = value.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return new Refusal($"A {what} is needed.");
        }

        if (trimmed.Length > limit)
        {
            return new Refusal($"That {what} has {trimmed.Length} characters; at most {limit} are allowed.");
        }

        foreach (var character in trimmed)
        {
            if (isForbidden(character))
            {
                return new Refusal(char.IsControl(character)
                    ? $"A {what} cannot contain control characters."
                    : $"A {what} cannot contain '{character}': letters, digits and '-' are allowed.");
            }
        }

        return null;
    }
}

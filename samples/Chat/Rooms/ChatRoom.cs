using Chat.Contracts;

namespace Chat.Rooms;

/// <summary>One room: who is in it and what was said last. Not safe for concurrent use; <see cref="ChatStore"/> holds the lock.</summary>
internal sealed class ChatRoom(string name)
{
    /// <summary>How many lines a newcomer finds.</summary>
    public const int MaxHistory = 100;

    // A person is here as long as one of their connections is: two tabs are one person, and so are a lost connection that nobody has noticed yet and the one that replaces it.
    private readonly SortedDictionary<string, int> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<Line> _history = new(MaxHistory);
    private long _said;

    public string Name { get; } = name;

    public int People => _connections.Count;

    public DateTimeOffset LastUsed { get; private set; }

    /// <summary>Adds one connection of a person. True when the person was not here before.</summary>
    public bool Enter(string who, DateTimeOffset at)
    {
        LastUsed = at;
        var before = _connections.GetValueOrDefault(who);
        _connections[who] = before + 1;
        return before == 0;
    }

    /// <summary>Removes one connection of a person. True when it was the last.</summary>
    public bool Leave(string who, DateTimeOffset at)
    {
        LastUsed = at;
        var left = _connections[who] - 1;
        if (left > 0)
        {
            _connections[who] = left;
            return false;
        }

        return _connections.Remove(who);
    }

    public Line Append(string who, string text, DateTimeOffset at)
    {
        LastUsed = at;
        if (_history.Count == MaxHistory)
        {
            _history.Dequeue();
        }

        var line = new Line(++_said, who, text, at);
        _history.Enqueue(line);
        return line;
    }

    public Joined Describe() => new(Name, [.. _connections.Keys], [.. _history]);
}

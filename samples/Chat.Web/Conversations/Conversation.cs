using Chat.Contracts;
using TypedSockets;
using TypedSockets.Client;

namespace Chat.Web.Conversations;

/// <summary>
/// One person's side of the chat: the connection to the server, the room the person is in, and what happened there. Components read it and draw themselves again when
/// <see cref="Changed"/> is raised. It lives on the browser's one thread.
/// </summary>
public sealed partial class Conversation : IAsyncDisposable
{
    private readonly TypedSocket _socket;
    private readonly IChatServer _server;
    private readonly TimeProvider _time;
    private readonly List<TimelineEntry> _timeline = [];
    private readonly SortedSet<string> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Action> _early = [];
    private string? _entering;
    private long _lastNumber;
    private DateTimeOffset _typingToldAt = DateTimeOffset.MinValue;

    /// <summary>Prepares the conversation; <see cref="ConnectAsync"/> opens the connection.</summary>
    public Conversation(TypedSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _server = socket.Open(IChatServer.Contract, new Receiver(this));
        socket.Lifecycle.Subscribe(OnConnectionEvent);
    }

    /// <summary>Something that is shown has changed.</summary>
    public event Action? Changed;

    /// <summary>Where the connection is: the last of <see cref="Connecting"/>, <see cref="Connected"/> and <see cref="Disconnected"/>; null before the first try.</summary>
    public ConnectionEvent? Connection { get; private set; }

    /// <summary>Why the connection was lost last; null when it never was.</summary>
    public DisconnectReason? LastReason { get; private set; }

    /// <summary>What carries the events at this moment.</summary>
    public TransportKind? Transport => _socket.Transport;

    /// <summary>Whether events flow.</summary>
    public bool IsConnected => Connection is Connected;

    /// <summary>What the person calls themselves; null before a room was joined.</summary>
    public string? Name { get; private set; }

    /// <summary>The room the person is in; null outside.</summary>
    public string? Room { get; private set; }

    /// <summary>Why what the person asked for last was not done; null when it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>The rooms that are open.</summary>
    public IReadOnlyList<RoomSummary> Rooms { get; private set; } = [];

    /// <summary>Who is in the room.</summary>
    public IReadOnlyCollection<string> Members => _members;

    /// <summary>What happened in the room, oldest first.</summary>
    public IReadOnlyList<TimelineEntry> Timeline => _timeline;

    /// <summary>Connects, and goes on trying until there is a connection.</summary>
    public Task ConnectAsync() => AttemptAsync(async () =>
    {
        await _socket.ConnectAsync();
        return null;
    });

    /// <summary>Enters a room under a name, and leaves the one before.</summary>
    public Task JoinAsync(string room, string name) => AttemptAsync(async () =>
    {
        if ((ChatRules.CheckName(name) ?? ChatRules.CheckRoom(room)) is { } refusal)
        {
            return refusal;
        }

        var before = Room;
        var reply = await EnterAsync(ChatRules.Normalize(room), name.Trim());
        if (reply.Joined is not { } joined)
        {
            return reply.Refusal;
        }

        Name = name.Trim();
        Show(joined);
        if (before is not null && before != joined.Room)
        {
            await _server.Leave(before);
        }

        return null;
    });

    /// <summary>Leaves the room.</summary>
    public Task LeaveAsync() => AttemptAsync(async () =>
    {
        if (Room is { } room)
        {
            Room = null;
            await _server.Leave(room);
        }

        return null;
    });

    /// <summary>Says something in the room. False when it could not be said; <see cref="Problem"/> tells why.</summary>
    public async Task<bool> SayAsync(string text)
    {
        if (Room is not { } room)
        {
            return false;
        }

        await AttemptAsync(async () => ChatRules.CheckText(text) ?? await _server.Say(room, text.Trim()));
        return Problem is null;
    }

    /// <summary>The person is writing. Told to the others at most once in two seconds, half of the time that it is shown there.</summary>
    public void NoteTyping()
    {
        var now = _time.GetUtcNow();
        if (Room is { } room && IsConnected && now - _typingToldAt >= s_typingShown / 2)
        {
            _typingToldAt = now;
            _server.Typing(room);
        }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync() => await _socket.DisposeAsync();

    private async Task AttemptAsync(Func<Task<Refusal?>> action)
    {
        try
        {
            Problem = (await action())?.Why;
        }
        catch (Exception exception) when (exception is NotConnectedException or DisconnectedException or RemoteException or TimeoutException)
        {
            Problem = exception.Message;
        }

        Changed?.Invoke();
    }

    // What happens in the room while the answer is on its way may come before it; it is kept, and applied to what the answer shows.
    private async Task<JoinReply> EnterAsync(string room, string name)
    {
        _early.Clear();
        _entering = room;
        try
        {
            return await _server.Join(room, name);
        }
        finally
        {
            _entering = null;
        }
    }

    private void Show(Joined joined)
    {
        Room = joined.Room;
        ClearWriters();
        _members.Clear();
        _members.UnionWith(joined.Members);
        _timeline.Clear();
        _timeline.AddRange(joined.History.Select(line => new TimelineEntry.Said(line)));
        _lastNumber = joined.History.Count == 0 ? 0 : joined.History[^1].Number;
        _early.ForEach(change => change());
    }

    private void Notice(string text) => _timeline.Add(new TimelineEntry.Notice(_time.GetUtcNow(), text));

    private void OnConnectionEvent(ConnectionEvent change)
    {
        switch (change)
        {
            case Connecting:
                Connection = change;
                break;
            case Disconnected disconnected:
                // A try that fails says less than what ended the connection that there was.
                LastReason = Connection is Connected || LastReason is null ? disconnected.Reason : LastReason;
                Connection = change;
                break;
            case Connected:
                Connection = change;
                if (Room is { } room && Name is { } name)
                {
                    // The server knows nothing of the connection before, so what was missed comes with the history.
                    _ = RejoinAsync(room, name);
                }

                break;
            case FallingBack back:
                Notice($"{back.From} could not be opened, so {back.To} is tried: {back.Why}");
                break;
            case HeartbeatLate late:
                Notice($"Nothing was heard from the server for {late.Silence.TotalSeconds:0} s.");
                break;
            case HandlerFailed failed:
                Problem = failed.Exception.Message;
                break;
        }

        Changed?.Invoke();
    }

    private async Task RejoinAsync(string room, string name)
    {
        await JoinAsync(room, name);
        if (Problem is null)
        {
            Notice($"You are back. {LastReason?.Description}");
            Changed?.Invoke();
        }
    }
}

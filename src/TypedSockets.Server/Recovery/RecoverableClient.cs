using System.Diagnostics;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Recovery;

/// <summary>
/// What is known of a client across its drops: everything that makes its next connection to a namespace the same one. Guarded by the gate of the namespace's
/// <see cref="ConnectionRecovery"/>, but for what is said to be fixed.
/// </summary>
internal sealed class RecoverableClient
{
    private readonly List<RoomStay> _stays = [];
    private TaskCompletionSource? _left;
    private volatile EventChannel? _channel;

    public RecoverableClient(string id, string? userId)
    {
        Id = id;
        UserId = userId;
        Target = BroadcastTarget.Of(BroadcastScope.Client, id);
        Place = new LinkedListNode<RecoverableClient>(this);
    }

    /// <summary>The public id of the connection. Fixed.</summary>
    public string Id { get; }

    /// <summary>What the client comes back with; a secret. Fixed.</summary>
    public string RecoveryId { get; } = SessionId.Create();

    /// <summary>Who opened the connection, and alone may come back to it. Fixed.</summary>
    public string? UserId { get; }

    /// <summary>This client alone. Fixed.</summary>
    public BroadcastTarget Target { get; }

    /// <summary>The channel of the last connection, which may have ended. Read without the gate.</summary>
    public EventChannel Channel => _channel ?? throw new InvalidOperationException("The client has not joined.");

    /// <summary>The connection; it may have ended, as long as its hub has not been released. Null while the client is away.</summary>
    public HubMember? Member { get; private set; }

    /// <summary>Whether events still reach the client, now or when it comes back. Read without the gate.</summary>
    public bool MayReturn => Channel.Ended is not { } reason || MayReturnAfter(reason);

    /// <summary>What the application keeps with the connection; null for nothing.</summary>
    public IDictionary<object, object?>? Items { get; set; }

    /// <summary>The last event before the client joined.</summary>
    public long JoinedAt { get; set; }

    /// <summary>The last event that was sent to the client.</summary>
    public long LastSent { get; set; }

    /// <summary>The last event before the first that could not be sent to the client; null while it is connected.</summary>
    public long? DroppedAt { get; private set; }

    /// <summary>When the client is forgotten, while it is away.</summary>
    public TimeSpan ExpiresAt { get; set; }

    /// <summary>Its place among those who are away.</summary>
    public LinkedListNode<RecoverableClient> Place { get; }

    /// <summary>Whether a connection that ended so may be come back to. What somebody decided is final, and so is what one end could not read.</summary>
    public static bool MayReturnAfter(DisconnectReason reason) =>
        reason is TransportClose or TransportError or PingTimeout or ForcedClose or ForcedServerClose or ServerShuttingDown or SlowConsumer or PayloadTooLarge;

    public void Enter(string room, long last) => _stays.Add(new RoomStay(room, last));

    /// <param name="room">The room.</param>
    /// <param name="last">The newest event.</param>
    /// <param name="sweptThrough">Up to where events are not kept any more.</param>
    public void Leave(string room, long last, long sweptThrough)
    {
        var index = _stays.FindIndex(stay => stay.Room == room && stay.Until == RoomStay.Open);
        Debug.Assert(index >= 0, "A client leaves rooms that it is in.");
        _stays[index] = _stays[index] with { Until = last };
        // Only what an event that is kept can ask about.
        _stays.RemoveAll(stay => stay.Until <= Math.Max(stay.From, sweptThrough));
    }

    /// <summary>The rooms that the client is in.</summary>
    public IEnumerable<string> Rooms => _stays.Where(static stay => stay.Until == RoomStay.Open).Select(static stay => stay.Room);

    /// <summary>From here on nothing is sent to the client.</summary>
    /// <param name="last">The newest event that it may have been sent.</param>
    public void Drop(long last) => DroppedAt ??= last;

    /// <summary>Where the events begin that the client missed; null when that cannot be told.</summary>
    /// <param name="claimed">The last event that the client says it got; null if it got none.</param>
    public long StartOf(long? claimed)
    {
        // What a client got on an earlier connection, it may still claim on this one.
        var got = Math.Max(claimed ?? 0, JoinedAt);
        // Whoever got all that was sent missed nothing before the drop, however long ago the last event was.
        return got >= LastSent ? Math.Max(got, DroppedAt ?? 0) : got;
    }

    /// <summary>Whether the client was meant.</summary>
    public bool IsMeantBy(RecoverableEvent sent)
    {
        var target = sent.Target;
        return !target.Excludes(Id) && target.Scope switch
        {
            BroadcastScope.All => sent.Offset > JoinedAt,
            BroadcastScope.User => UserId is not null && target.Names.Contains(UserId),
            BroadcastScope.Client => target.Names.Contains(Id),
            _ => _stays.Exists(stay => stay.Includes(sent.Offset) && target.Names.Contains(stay.Room)),
        };
    }

    /// <summary>The client is there, or there again.</summary>
    public void Attach(HubMember member)
    {
        Debug.Assert(Member is null, "A client has one connection.");
        Member = member;
        _channel = member.Channel;
        DroppedAt = null;
    }

    /// <summary>The connection is over, and its hub released.</summary>
    public void Release()
    {
        Member = null;
        _left?.SetResult();
        _left = null;
    }

    /// <summary>Completes when the connection that there is now is over, and its hub released.</summary>
    public Task WhenReleased() => Member is null ? Task.CompletedTask : (_left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}

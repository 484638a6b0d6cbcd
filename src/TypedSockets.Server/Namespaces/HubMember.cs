using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Server.RateLimits;
using TypedSockets.Server.Recovery;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Namespaces;

/// <summary>One client in one namespace.</summary>
internal sealed class HubMember(HubNamespace @namespace, ServerConnection connection, EventChannel channel, ConnectRequest request)
{
    private static readonly JsonElement s_nothing = JsonElement.Parse("{}");

    private AsyncServiceScope? _scope;
    private bool _isReleased;
    private HashSet<string>? _rooms;
    private HubConnection? _shown;
    private ConnectRequest? _request = request;
    private IDictionary<object, object?>? _items;

    // What the hub is about to be told of events that were refused.
    private EventRefused? _refused;

    /// <summary>The public id of the connection; when the client has come back, that of the connection that it lost.</summary>
    public string Id { get; private set; } = SessionId.Create();

    /// <summary>What makes the client's next connection the same one, from when it is connected on; null where nothing is recovered.</summary>
    public RecoverableClient? Recoverable { get; private set; }

    /// <summary>What the application has kept with the connection; null for nothing.</summary>
    public IDictionary<object, object?>? KeptItems => Volatile.Read(ref _items);

    /// <summary>What the application keeps with the connection.</summary>
    public IDictionary<object, object?> Items => LazyInitializer.EnsureInitialized(ref _items, static () => new ConcurrentDictionary<object, object?>(concurrencyLevel: 1, capacity: 3));

    /// <summary>The connection as its hub, and whoever asks for it, sees it. Made when the first one does.</summary>
    public HubConnection Shown => Volatile.Read(ref _shown) ?? Interlocked.CompareExchange(ref _shown, new HubConnection(this), null) ?? _shown;

    /// <summary>When the client came, on the clock of its connection.</summary>
    public TimeSpan JoinedAt { get; } = connection.Wheel.Now;

    public HubNamespace Namespace { get; } = @namespace;

    public ServerConnection Connection { get; } = connection;

    public EventChannel Channel { get; } = channel;

    /// <summary>What the client said of itself when it connected; an empty object if it said nothing. Read only for namespaces without a contract.</summary>
    public JsonElement DynamicAuth { get; init; } = s_nothing;

    public string? UserId => Connection.Client.UserId;

    /// <summary>The rooms that the client is in. Guarded by the namespace's set of rooms.</summary>
    public HashSet<string> Rooms => Volatile.Read(ref _rooms) ?? Interlocked.CompareExchange(ref _rooms, [], null) ?? _rooms;

    /// <summary>Whether the client has ever been in a room.</summary>
    public bool HasRooms => Volatile.Read(ref _rooms) is not null;

    /// <summary>How many events the client may send; null for no limit.</summary>
    public MemberLimits? Limits { get; set; }

    /// <summary>The client's hub; null until it is made, and when it could not be.</summary>
    public object? Hub { get; private set; }

    /// <summary>The services of the client's scope. Made for whoever asks first where the hub asks for none.</summary>
    public IServiceProvider Services
    {
        get
        {
            lock (this)
            {
                ObjectDisposedException.ThrowIf(_isReleased, typeof(HubConnection));
                return (_scope ??= Namespace.Scopes.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    /// <summary>Whether the client has been told that it is connected, and its hub is. Guarded by the turn of the channel's handlers.</summary>
    public bool HasJoined { get; set; }

    /// <summary>What the client says about itself; null for nothing, and once it has been answered.</summary>
    public object? Auth => _request?.Auth;

    /// <summary>What the client says of the connection that it lost; null for nothing, and once it has been answered.</summary>
    public RecoveryRequest? RecoveryRequest => _request?.Recovery;

    /// <summary>What the client asked for, for whoever answers it; null once somebody has. It may hold a secret, and is not kept.</summary>
    public ConnectRequest? TakeRequest() => Interlocked.Exchange(ref _request, null);

    public void Attach(object hub, AsyncServiceScope? scope)
    {
        Hub = hub;
        _scope = scope;
    }

    /// <summary>The client is about to be told that it is connected, and what it may come back with.</summary>
    public RecoverableClient MakeRecoverable() => Recoverable ??= new RecoverableClient(Id, UserId);

    /// <summary>The client has come back: this is the connection that it lost.</summary>
    public void Recover(RecoverableClient client)
    {
        Id = client.Id;
        Recoverable = client;
        foreach (var (key, value) in client.Items ?? Enumerable.Empty<KeyValuePair<object, object?>>())
        {
            // What the hub has kept while it decided on the client is newer.
            Items.TryAdd(key, value);
        }
    }

    /// <inheritdoc cref="MemberSets.Join"/>
    public bool JoinRoom(string room) => Recoverable is { } client ? Namespace.Recovery!.JoinRoom(room, this, client) : Namespace.Rooms.Join(room, this, Rooms, Namespace.Limits.MaxRoomsPerConnection);

    /// <inheritdoc cref="MemberSets.Leave"/>
    public bool LeaveRoom(string room) => Recoverable is { } client ? Namespace.Recovery!.LeaveRoom(room, this, client) : Namespace.Rooms.Leave(room, this, Rooms);

    /// <summary>Sends an encoded packet if the client is still there.</summary>
    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        if (Channel.Ended is null)
        {
            Connection.Send(packet, attachments);
        }
    }

    /// <summary>Sends an encoded packet unless the client is behind; returns false if it is. One that is gone takes everything.</summary>
    public bool TryOffer(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments) => Channel.Ended is not null || Connection.TryOffer(packet, attachments);

    /// <summary>
    /// Notes that an event of the client's was refused. Returns whether its hub is to be told; otherwise it is about to be, and hears of this one too: what a flood leaves behind is one notice.
    /// </summary>
    public bool TryNoteRefused(EventRefused refused)
    {
        lock (this)
        {
            var waiting = _refused;
            _refused = waiting is null ? refused : refused with { Count = waiting.Count + 1 };
            return waiting is null;
        }
    }

    /// <summary>What the hub is told of the events that were refused since it was told last. To be called once for each time that <see cref="TryNoteRefused"/> asks for it.</summary>
    public EventRefused TakeRefused()
    {
        lock (this)
        {
            var told = _refused!;
            _refused = null;
            return told;
        }
    }

    /// <summary>Whether the client's connection speaks <paramref name="codec"/>.</summary>
    public bool Speaks(EventCodec codec) => Connection.Codec == codec;

    /// <summary>The hub failed where the connection cannot go on.</summary>
    public void Fail(string handler, Exception exception)
    {
        Connection.OnHandlerFault(handler, exception);
        Expel(new HandlerFault(handler, exception));
    }

    /// <summary>The client may not stay: ends the connection, and none of its events that wait comes to the hub any more.</summary>
    public void Expel(DisconnectReason reason)
    {
        Channel.DiscardEvents();
        Connection.Disconnect(this, reason);
    }

    /// <summary>Disposes the limits, the hub and its scope: each, whatever the one before throws.</summary>
    public async ValueTask ReleaseAsync()
    {
        try
        {
            Limits?.Dispose();
        }
        finally
        {
            try
            {
                // The scope disposes what it made; the hub was made beside it.
                switch (Hub)
                {
                    case IAsyncDisposable disposable:
                        await disposable.DisposeAsync();
                        break;
                    case IDisposable disposable:
                        disposable.Dispose();
                        break;
                }
            }
            finally
            {
                await ReleaseScopeAsync();
            }
        }
    }

    private async ValueTask ReleaseScopeAsync()
    {
        AsyncServiceScope? scope;
        lock (this)
        {
            (scope, _isReleased) = (_scope, true);
        }

        if (scope is { } own)
        {
            await own.DisposeAsync();
        }
    }
}

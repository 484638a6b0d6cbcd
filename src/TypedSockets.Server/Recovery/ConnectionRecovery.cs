using System.Collections.Concurrent;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Recovery;

/// <summary>
/// Connection state recovery in one namespace: numbers the one-way events for clients that speak Socket.IO, keeps them, and keeps what a client that dropped had, until it comes back or
/// has been away too long. Safe for concurrent use.
/// </summary>
/// <remarks>
/// One gate makes an event's number, its place among those that are kept, and its sending to everyone who is meant one step, and another step whatever changes who is meant. So each client
/// gets the events in the order of their numbers, and whoever comes back finds each event either among those that are kept or sent to it. Nothing of the application's runs below the gate.
/// </remarks>
internal sealed partial class ConnectionRecovery : IDisposable
{
    private readonly HubNamespace _hubs;
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly TimeSpan _patience;
    private readonly long _maxQueuedBytes;
    private readonly TimeProvider _time;
    private readonly long _epoch;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly EventLog _log;
    private readonly ConcurrentDictionary<string, RecoverableClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecoverableClient> _byRecoveryId = new(StringComparer.Ordinal);

    // Those who are away, the one that is forgotten first in front.
    private readonly LinkedList<RecoverableClient> _away = [];
    private volatile int _messagePackMembers;

    /// <param name="hubs">The namespace.</param>
    /// <param name="options">What is kept, and for how long.</param>
    /// <param name="server">The server's times.</param>
    /// <param name="time">The clock.</param>
    public ConnectionRecovery(HubNamespace hubs, ConnectionStateRecoveryOptions options, TypedSocketServerOptions server, TimeProvider time)
    {
        _hubs = hubs;
        _options = options;
        // Longer, the session itself would be over for want of a namespace.
        _patience = server.ConnectTimeout / 2;
        _maxQueuedBytes = server.MaxQueuedBytes;
        _time = time;
        _epoch = time.GetTimestamp();
        _timer = time.CreateTimer(static recovery => ((ConnectionRecovery)recovery!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // What was sent into a connection that was dead already counts from when that was noticed, a heartbeat later.
        var maxAge = options.MaxDisconnectionDuration + server.HeartbeatInterval + server.HeartbeatTimeout;
        _log = new EventLog(options.MaxEvents, options.MaxEventBytes, maxAge, Clock);
    }

    /// <summary>Whether clients that come back are not asked again who they are.</summary>
    public bool SkipsAuthentication => _options.SkipAuthentication;

    // Offsets of an earlier life of the server are behind those of this one, and how many events there are shows in none.
    private long Clock => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>A client by its connection's id, whether it is there or away; null when there is none.</summary>
    public RecoverableClient? Find(string connectionId) => _clients.GetValueOrDefault(connectionId);

    /// <summary>Sends an event to whoever of the target speaks Socket.IO, and keeps it for those who are away. Returns whether there is such a client, or one that may come back.</summary>
    /// <exception cref="PayloadTooLargeException">The event exceeds what clients accept; nothing was sent.</exception>
    public bool TrySend<TArguments>(SocketIORoute route, in TArguments arguments, BroadcastTarget target) where TArguments : struct, IPayload
    {
        if (target.Scope is BroadcastScope.Client ? !Array.Exists(target.Names, name => Find(name) is { MayReturn: true }) : _clients.IsEmpty)
        {
            return false;
        }

        byte[] text;
        byte[][] attachments;
        using (var buffer = PayloadBuffer.Rent())
        {
            var written = TextPacketWriter.WriteEvent(buffer, route, null, arguments, out attachments, RecoveryOffset.Placeholder);
            ThrowIfTooLarge(route, PacketWriter.LargestMessage(written, attachments));
            text = written.ToArray();
        }

        var messagePack = _messagePackMembers > 0 ? ToMessagePack(text, attachments) : null;
        ThrowIfTooLarge(route, messagePack?.Length ?? 0);
        Send(target, text, attachments, messagePack);
        return true;
    }

    /// <summary>A client has been told that it is connected, and joins.</summary>
    public void Join(HubMember member, RecoverableClient client)
    {
        lock (_gate)
        {
            client.JoinedAt = _log.Last;
            client.Attach(member);
            _clients[client.Id] = client;
            _byRecoveryId.Add(client.RecoveryId, client);
            EnterUnsynchronized(member);
        }
    }

    /// <inheritdoc cref="MemberSets.Join"/>
    public bool JoinRoom(string room, HubMember member, RecoverableClient client)
    {
        lock (_gate)
        {
            var isNew = _hubs.Rooms.Join(room, member, member.Rooms, _hubs.Limits.MaxRoomsPerConnection);
            if (isNew)
            {
                client.Enter(room, _log.Last);
            }

            return isNew;
        }
    }

    /// <inheritdoc cref="MemberSets.Leave"/>
    public bool LeaveRoom(string room, HubMember member, RecoverableClient client)
    {
        lock (_gate)
        {
            var wasIn = _hubs.Rooms.Leave(room, member, member.Rooms);
            if (wasIn)
            {
                client.Leave(room, _log.Last, _log.SweptThrough);
            }

            return wasIn;
        }
    }

    /// <summary>A connection is over: it leaves the namespace, and the client stays known if it may come back.</summary>
    public void Leave(HubMember member, RecoverableClient client, DisconnectReason reason)
    {
        lock (_gate)
        {
            _hubs.Exit(member);
            _messagePackMembers -= member.Speaks(EventCodec.SocketIOMessagePack) ? 1 : 0;
            if (RecoverableClient.MayReturnAfter(reason))
            {
                client.Drop(_log.Last);
            }
            else
            {
                ForgetUnsynchronized(client);
            }
        }
    }

    /// <summary>The hub of a connection that is over has been released: from now on the client is away.</summary>
    public void Release(HubMember member, RecoverableClient client)
    {
        lock (_gate)
        {
            client.Items = member.KeptItems;
            client.Release();
            if (!_clients.ContainsKey(client.Id))
            {
                return;
            }

            client.ExpiresAt = Now + _options.MaxDisconnectionDuration;
            _away.AddLast(client.Place);
            SweepUnsynchronized();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Send(BroadcastTarget target, byte[] text, byte[][] attachments, byte[]? messagePack)
    {
        List<ServerConnection>? slow = null;
        lock (_gate)
        {
            var last = _log.Last;
            var offset = Math.Max(last + 1, Clock);
            // Behind it stand a quotation mark and a bracket; in MessagePack nothing.
            RecoveryOffset.Write(offset, text.AsSpan()[^(RecoveryOffset.Length + 2)..]);
            if (messagePack is not null)
            {
                RecoveryOffset.Write(offset, messagePack.AsSpan()[^RecoveryOffset.Length..]);
            }

            _log.Add(new RecoverableEvent(offset, Now, target, text, attachments));
            foreach (var member in target.Members(_hubs))
            {
                if (member.Recoverable is not { } client || target.Excludes(member.Id))
                {
                    continue;
                }

                // A member that speaks MessagePack may have come when the packet had been written.
                var isText = !member.Speaks(EventCodec.SocketIOMessagePack);
                if (client.DroppedAt is null && member.Channel.Ended is null)
                {
                    if (member.Connection.TrySend(isText ? text : messagePack ??= ToMessagePack(text, attachments), isText ? attachments : []))
                    {
                        client.LastSent = offset;
                        continue;
                    }

                    (slow ??= []).Add(member.Connection);
                }

                // Nothing behind an event that could not be sent is sent either: the client would take it for the next one.
                client.Drop(last);
            }
        }

        // What the end of a connection cancels is the application's, and not to run below the gate.
        slow?.ForEach(static connection => connection.CloseSlowConsumer());
    }

    private byte[] ToMessagePack(byte[] text, byte[][] attachments)
    {
        using var buffer = PayloadBuffer.Rent();
        return PacketWriter.Transcode(buffer, _hubs.Numbers.SocketIO.Namespace, text, attachments).ToArray();
    }

    private void ThrowIfTooLarge(SocketIORoute route, int bytes)
    {
        if (bytes > _hubs.MaxPacketBytes)
        {
            throw new PayloadTooLargeException($"{_hubs.Shape.Name}.{route.Event}", bytes, _hubs.MaxPacketBytes);
        }
    }

    private void EnterUnsynchronized(HubMember member)
    {
        _messagePackMembers += member.Speaks(EventCodec.SocketIOMessagePack) ? 1 : 0;
        _hubs.Enter(member);
    }

    private void ForgetUnsynchronized(RecoverableClient client)
    {
        if (client.Place.List is not null)
        {
            _away.Remove(client.Place);
        }

        _clients.TryRemove(client.Id, out _);
        _byRecoveryId.Remove(client.RecoveryId);
        if (_clients.IsEmpty)
        {
            _log.Clear();
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            SweepUnsynchronized();
        }
    }

    private void SweepUnsynchronized()
    {
        var now = Now;
        while (_away.First?.Value is { } oldest && (oldest.ExpiresAt <= now || _away.Count > _options.MaxDisconnectedClients))
        {
            ForgetUnsynchronized(oldest);
        }

        _log.Sweep(now);
        if (_away.First?.Value is { } next)
        {
            // Rounded up: a timer counts whole milliseconds.
            _timer.Change(next.ExpiresAt - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }
}

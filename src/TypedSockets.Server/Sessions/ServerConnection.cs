using Microsoft.Extensions.Logging;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Sessions;

/// <summary>The server's end of one session: opens namespaces for the client and ties each to a hub, whatever codec the client speaks.</summary>
internal sealed partial class ServerConnection : EventConnection, IServerConnection
{
    private static long s_lastNumber;

    private readonly SessionRegistry _sessions;
    private readonly ServerSession _session;
    private readonly NamespaceRegistry _namespaces;
    private readonly TypedSocketServerOptions _options;
    private readonly TimeSpan _openedAt;
    private readonly SessionAuthentication? _authentication;
    private volatile ClientIdentity _client;
    private HubMember?[] _members = [];

    public ServerConnection(SessionRegistry sessions, NamespaceRegistry namespaces, TokenAuthenticator tokens, PacketTransport transport, ClientIdentity client, EventCodec codec, TypedSocketServerOptions options)
        : this(new ServerSession(options.HeartbeatInterval, options.HeartbeatTimeout, options.ConnectTimeout, options.CloseTimeout), sessions, namespaces, transport, client, codec, options)
    {
        if (client.Ticket is not null)
        {
            _authentication = new SessionAuthentication(this, tokens, options.AuthenticationRefreshAhead, sessions.Time);
        }
    }

    private ServerConnection(ServerSession session, SessionRegistry sessions, NamespaceRegistry namespaces, PacketTransport transport, ClientIdentity client, EventCodec codec, TypedSocketServerOptions options)
        : base(session, transport, sessions.Wheel, codec)
    {
        _sessions = sessions;
        _session = session;
        _namespaces = namespaces;
        _options = options;
        _client = client;
        Instruments = sessions.EventInstruments;
        _openedAt = Wheel.Now;
    }

    public ClientIdentity Client => _client;

    public string SessionId { get; } = Protocol.Handshake.SessionId.Create();

    /// <summary>Stands for the session in logs; unlike the session's id it is no secret.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_lastNumber);

    public override long MaxPacketBytes => _options.MaxClientPayloadBytes;

    private protected override long MaxQueuedBytes => _options.MaxQueuedBytes;

    private protected override int MaxQueuedPackets => _options.MaxQueuedPackets;

    private protected override long MaxReceivedBytes => _options.MaxPayloadBytes;

    private protected override Side Side => Side.Server;

    private ISessionObserver? Observer => _sessions.Observer;

    public override void OnHandlerFault(string @event, Exception exception)
    {
        Log.HandlerFailed(_sessions.Logger, @event, Number, exception);
        Observer?.OnChange(this, new HandlerFailed(@event, exception));
    }

    public override void OnRefused(EventChannel channel, EventRefused refused)
    {
        Log.EventRefused(_sessions.Logger, refused.Event, Number, refused.Detail);
        Observer?.OnChange(this, refused);
        if (FindMember(channel) is { } member && member.TryNoteRefused(refused))
        {
            TellOfRefused(member);
        }
    }

    /// <summary>The server ends one namespace of the session. Safe for concurrent use.</summary>
    public void Disconnect(HubMember member, DisconnectReason reason)
    {
        if (member.Channel.Ended is not null)
        {
            return;
        }

        if (member.Channel.IsPending && TryRefuse(member, reason))
        {
            return;
        }

        if (Codec is EventCodec.Ts1 && _members.Count(other => other is { Channel.Ended: null }) == 1)
        {
            // Nothing is left that the session would be kept for. Socket.IO's clients close it themselves: on HTTP long-polling they take a close that comes together with the DISCONNECT
            // for the end of the transport, and would come back.
            Close(reason);
            return;
        }

        // Over before the client hears of it, who may come back at once.
        member.Channel.End(reason);
        RunOnLoop(() => Finish(member, reason));
        using var buffer = PayloadBuffer.Rent();
        Send(PacketWriter.WriteDisconnect(Codec, buffer, member.Namespace.Numbers, reason));
    }

    /// <summary>The client has come back on another session: nobody is left at the other end of this one. Safe for concurrent use.</summary>
    public void Abandon()
    {
        Close(new TransportClose());
        Transport.Abort();
    }

    public void Drain(DisconnectReason reason) => RunOnLoop(() =>
    {
        // Behind the handlers of each namespace, and their answers.
        var left = 1;
        foreach (var member in _members)
        {
            if (member is { Channel.Ended: null })
            {
                Interlocked.Increment(ref left);
                member.Channel.RunWhenIdle(() =>
                {
                    CloseWhenLast();
                    return default;
                });
            }
        }

        CloseWhenLast();

        void CloseWhenLast()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                Close(reason);
            }
        }
    });

    private protected override void SendOpen()
    {
        Log.Opened(_sessions.Logger, Number, Transport.Kind);
        Span<byte> packet = stackalloc byte[_sessions.OpenPackets.MaxLength];
        SendText(packet[.._sessions.OpenPackets.Write(packet, SessionId, Transport.Kind, Codec is EventCodec.Ts1)]);
        _authentication?.Begin(_client.Ticket!);
    }

    public override void OnUpgrade(ConnectionEvent change)
    {
        Log.Upgrade(_sessions.Logger, Number, change);
        _sessions.Instruments.Upgraded(change);
        Observer?.OnChange(this, change);
        if (change is Upgraded upgraded)
        {
            RunOnLoop(() => Array.ForEach(_members, member => member?.Namespace.Upgrade(member, upgraded)));
        }
    }

    private protected override void OnBehind(ConsumerBehind behind)
    {
        Log.Behind(_sessions.Logger, Number, behind);
        _sessions.Instruments.FoundBehind();
        Observer?.OnChange(this, behind);
        RunOnLoop(() => Array.ForEach(_members, member => member?.Namespace.FallBehind(member, behind)));
    }

    private protected override void OnLate(TimeSpan silence)
    {
        Log.HeartbeatLate(_sessions.Logger, Number, silence.TotalSeconds);
        Observer?.OnChange(this, new HeartbeatLate(silence));
    }

    private protected override void OnTransportEnded() => _sessions.Remove(SessionId);

    private protected override void OnSessionEnded(DisconnectReason reason)
    {
        _authentication?.End();
        if (reason is SlowConsumer { Initiator: Initiator.Local })
        {
            Log.SlowConsumer(_sessions.Logger, Number, reason.Description);
        }
        else
        {
            Log.Ended(_sessions.Logger, Number, reason.Code, reason.Description);
        }

        _sessions.Instruments.Ended(this, Wheel.Now - _openedAt, reason);
        Observer?.OnChange(this, new Disconnected(reason, WillReconnect: false));
    }

    private protected override void ReceiveConnect(in NamespacePacket packet)
    {
        if (packet.Type is not NamespacePacketType.Connect)
        {
            throw new PacketException(new ForcedClose($"A client sent a packet of type {packet.Type}; only a server may."));
        }

        var (name, fingerprint, told) = ReadConnect(packet.Payload, out var auth);
        if (_namespaces.Find(name) is not { IsDynamic: false } hubs)
        {
            RefuseUnknown(packet.NamespaceNumber, name);
        }
        else if (Compare(hubs, packet.NamespaceNumber, fingerprint, told) is { } agreement)
        {
            Join(hubs, ConnectRequest.Read(Codec, packet.NamespaceNumber, agreement, auth, hubs.Authentication, _options.PayloadLimits));
        }
    }

    private protected override void FinishChannel(EventChannel channel, DisconnectReason reason)
    {
        if (FindMember(channel) is { } member)
        {
            Finish(member, reason);
        }
    }

    private void Finish(HubMember member, DisconnectReason reason)
    {
        member.Namespace.Close(member, reason);
        if (State is SessionState.Open)
        {
            Observer?.OnChange(this, new NamespaceDisconnected(member.Namespace.Shape.Namespace, reason));
        }

        if (!Array.Exists(_members, other => other is { Channel.Ended: null }))
        {
            Decide(_ =>
            {
                _session.LastNamespaceLeft(Wheel.Now);
                return SessionDecision.Nothing;
            });
        }
    }

    // Apart from OnRefused, which would make the closure for every event of a flood.
    private void TellOfRefused(HubMember member) => RunOnLoop(() => member.Namespace.TellOfRefused(member));

    private HubMember? FindMember(EventChannel channel)
    {
        foreach (var member in _members)
        {
            if (member?.Channel == channel)
            {
                return member;
            }
        }

        return null;
    }

    private void AddMember(uint number, HubMember member)
    {
        var members = new HubMember?[Math.Max(_members.Length, (int)number + 1)];
        _members.CopyTo(members, 0);
        members[number] = member;
        _members = members;
    }

    private (string Name, ulong Fingerprint, ContractAgreement? Agreement) ReadConnect(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> auth)
    {
        try
        {
            var reader = new MessagePackReader(payload, _options.PayloadLimits);
            var left = reader.BeginArray() - 2;
            var name = reader.ReadString();
            var fingerprint = reader.ReadUInt64();
            auth = Take(ref reader, payload, ref left);
            var told = Take(ref reader, payload, ref left);
            reader.EndArray(left);
            reader.Complete();
            return (name, fingerprint, told.IsEmpty ? null : AgreementCodec.Read(told, _options.PayloadLimits));
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A CONNECT packet cannot be read: {exception.Message}"));
        }

        // The bytes of the next value; none where there is none.
        static ReadOnlySpan<byte> Take(scoped ref MessagePackReader reader, ReadOnlySpan<byte> payload, scoped ref int left)
        {
            if (left <= 0)
            {
                return default;
            }

            var start = reader.Position;
            reader.Skip();
            left--;
            return payload[start..reader.Position];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Session {Session} opened over {Transport}.")]
        public static partial void Opened(ILogger logger, long session, TransportKind transport);

        [LoggerMessage(2, LogLevel.Debug, "Session {Session} ended with {Code}: {Description}")]
        public static partial void Ended(ILogger logger, long session, DisconnectCode code, string description);

        [LoggerMessage(3, LogLevel.Debug, "Session {Session} has been silent for {Seconds:0.###} s.")]
        public static partial void HeartbeatLate(ILogger logger, long session, double seconds);

        [LoggerMessage(4, LogLevel.Debug, "Session {Session} asked for namespace '{Namespace}', which is not served.")]
        public static partial void UnknownNamespace(ILogger logger, long session, string @namespace);

        [LoggerMessage(6, LogLevel.Debug, "Session {Session}: {Change}")]
        public static partial void Upgrade(ILogger logger, long session, ConnectionEvent change);

        [LoggerMessage(7, LogLevel.Debug, "Event '{Event}' on session {Session} was refused: {Detail}")]
        public static partial void EventRefused(ILogger logger, string @event, long session, string detail);

        [LoggerMessage(8, LogLevel.Debug, "Session {Session} was refused namespace '{Namespace}': {Description}")]
        public static partial void Refused(ILogger logger, long session, string @namespace, string description);

        [LoggerMessage(9, LogLevel.Debug, "The authentication of session {Session} was renewed.")]
        public static partial void Renewed(ILogger logger, long session);

        [LoggerMessage(11, LogLevel.Debug, "The client of session {Session} reads too slowly: {Behind}")]
        public static partial void Behind(ILogger logger, long session, ConsumerBehind behind);

        [LoggerMessage(12, LogLevel.Warning, "Session {Session} was ended, since its client reads too slowly: {Description}")]
        public static partial void SlowConsumer(ILogger logger, long session, string description);

        [LoggerMessage(5, LogLevel.Error, "The handler of '{Event}' failed on session {Session}.")]
        public static partial void HandlerFailed(ILogger logger, string @event, long session, Exception exception);
    }
}

using TypedSockets.Client.Namespaces;
using TypedSockets.Client.Observability;
using TypedSockets.Client.Transports;
using TypedSockets.Client.Transports.Polling;
using TypedSockets.Client.Upgrades;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Channels.Streams;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Client.Connections;

/// <summary>The client's end of one session: opens every contract of the socket, and ties each to its channel.</summary>
internal sealed partial class ClientConnection : EventConnection
{
    private readonly ClientSession _session;
    private readonly IReadOnlyList<ClientNamespace> _namespaces;
    private readonly TypedSocketOptions _options;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly UpgradePath _upgradePath;
    private readonly ChannelOptions _channelOptions;
    private readonly ClientMetrics _metrics;
    private readonly Dictionary<EventChannel, ClientNamespace> _opened = [];
    private readonly TaskCompletionSource<DisconnectReason?> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ClientNamespace> _answered = [];
    private volatile OpenPacket? _open;
    private TimeSpan _openedAt;
    private EventNumbers[]? _socketIONumbers;

    // What the namespaces say about themselves, until they have been answered.
    private object?[]? _auths;
    private Dictionary<ClientNamespace, EventMap>? _maps;
    private DisconnectReason? _refusal;
    private int _isRefreshing;

    public ClientConnection(PacketTransport transport, TimingWheel wheel, IReadOnlyList<ClientNamespace> namespaces, object?[] auths, TypedSocketOptions options, ConnectionLifecycle lifecycle, UpgradePath upgradePath)
        : this(new ClientSession(options.ConnectTimeout, options.CloseTimeout), transport, wheel, namespaces, auths, options, lifecycle, upgradePath)
    {
    }

    private ClientConnection(
        ClientSession session,
        PacketTransport transport,
        TimingWheel wheel,
        IReadOnlyList<ClientNamespace> namespaces,
        object?[] auths,
        TypedSocketOptions options,
        ConnectionLifecycle lifecycle,
        UpgradePath upgradePath)
        : base(session, transport, wheel, EventCodec.SocketIOText)
    {
        _session = session;
        _namespaces = namespaces;
        _auths = auths;
        _options = options;
        _lifecycle = lifecycle;
        _upgradePath = upgradePath;
        _metrics = ClientMetrics.Of(options);
        Instruments = _metrics.Events;
        _channelOptions = new ChannelOptions(options.PayloadLimits, options.RequestTimeout, options.MaxPendingRequests, options.MaxQueuedEventBytes, options.MaxConcurrentHandlers, options.EnableDetailedErrors)
        {
            Streams = new StreamOptions(options.StreamWindowItems, options.StreamWindowBytes, options.MaxStreams),
        };
    }

    /// <summary>Writes what asks for the contracts with the handshake; the position in the list is what an answer refers to. What says who a client is must not stand in an address.</summary>
    public static byte[] WriteFirst(IReadOnlyList<ClientNamespace> namespaces) => WriteConnects(namespaces, null);

    /// <summary>
    /// Completes when every contract is connected, with null, or when at least one is and the others are refused, with the first refusal. Fails with
    /// <see cref="DisconnectedException"/> when the session ends before.
    /// </summary>
    public Task<DisconnectReason?> Connected => _connected.Task;

    /// <summary>Whether the server opened the session.</summary>
    public bool IsOpened => _open is not null;

    /// <summary>Completes when no upgrade is under way any more, and what one has opened has ended.</summary>
    public Task UpgradeEnded { get; private set; } = Task.CompletedTask;

    public override long MaxPacketBytes => _open?.MaxPayloadBytes ?? 0;

    private protected override long MaxQueuedBytes => _options.MaxQueuedBytes;

    private protected override int MaxQueuedPackets => _options.MaxQueuedPackets;

    private protected override long MaxReceivedBytes => _options.MaxPayloadBytes;

    private protected override Side Side => Side.Client;

    public override void OnRefused(EventChannel channel, EventRefused refused) => _lifecycle.Publish(refused);

    public override void OnHandlerFault(string @event, Exception exception) => _lifecycle.Publish(new HandlerFailed(@event, exception));

    private protected override SessionDecision OnPacket(PacketType type, ReadOnlySpan<byte> data)
    {
        if (type is not PacketType.Open)
        {
            return base.OnPacket(type, data);
        }

        var open = OpenPacket.Parse(data);
        if (_open is null)
        {
            // In this order: another thread that ends the session now, and finds it open, reads since when.
            _openedAt = Wheel.Now;
            _open = open;
            _metrics.Add(this);
            _metrics.Sessions.HandshakeSucceeded(TransportKind);
            // A server that does not answer the question does not know it: it is a Socket.IO server.
            Codec = open.Codec == CodecNames.Ts1 ? EventCodec.Ts1 : EventCodec.SocketIOText;
        }

        return Decide(_ => _session.Opened(open.PingInterval, open.PingTimeout, Wheel.Now));
    }

    // A server that speaks ts1 was asked with the handshake for the namespaces that say nothing of the client.
    private protected override void OnOpen()
    {
        if (Codec is not EventCodec.Ts1)
        {
            SendConnects();
        }
        else if (WriteConnects(_namespaces, _auths) is { Length: > 0 } connects)
        {
            Send(connects);
        }

        if (_open!.Upgrades.Contains("websocket") && Transport is ClientPollingTransport polling && _upgradePath.Dialer is { } dialer)
        {
            var probe = new ClientProbe(this, polling, _options.UpgradeTimeout, _options.CloseTimeout);
            UpgradeEnded = probe.RunAsync(dialer, new DialRequest(_open.SessionId, default, _upgradePath.AccessToken, AsksForTs1: Codec is EventCodec.Ts1));
        }
    }

    public override void OnUpgrade(ConnectionEvent change)
    {
        _metrics.Sessions.Upgraded(change);
        _lifecycle.Publish(change);
    }

    private protected override void OnBehind(ConsumerBehind behind)
    {
        _metrics.Sessions.FoundBehind();
        _lifecycle.Publish(behind);
    }

    private protected override void OnLate(TimeSpan silence) => _lifecycle.Publish(new HeartbeatLate(silence));

    private protected override void OnSessionEnded(DisconnectReason reason)
    {
        if (IsOpened)
        {
            _metrics.Sessions.Ended(this, Wheel.Now - _openedAt, reason);
        }

        _connected.TrySetException(new DisconnectedException(reason));
    }

    // Not when the session ends, which another thread may see before this one has seen it open.
    private protected override void OnTransportEnded() => _metrics.Remove(this);

    private protected override void ReceiveConnect(in NamespacePacket packet)
    {
        if (packet.Type is NamespacePacketType.Connect || packet.NamespaceNumber >= (uint)_namespaces.Count)
        {
            throw new PacketException(new ForcedClose($"A server sent a packet of type {packet.Type} for number {packet.NamespaceNumber}, which this client did not ask for."));
        }

        var opened = _namespaces[(int)packet.NamespaceNumber];
        if (packet.Type is NamespacePacketType.ConnectError)
        {
            Refuse(opened, ReadRefusal(packet.Payload, opened));
            return;
        }

        if (packet.Type is NamespacePacketType.Compare)
        {
            Compare(opened, packet);
            return;
        }

        if (opened.IsOpen && _opened.ContainsValue(opened))
        {
            throw new PacketException(new ForcedClose($"A server connected namespace '{opened.Shape.Namespace}' twice."));
        }

        var (numbers, connectionId) = ReadConnected(packet.Payload, opened);
        opened.TakeRecoveryId(null);
        Attach(opened, numbers);
        Tell(opened, numbers, connectionId, isRecovered: false);
    }

    private EventChannel Attach(ClientNamespace opened, EventNumbers numbers)
    {
        var channelOptions = _channelOptions with { Observer = opened.GetObserver(_metrics.Events) };
        var channel = new EventChannel(this, Side.Client, opened.Shape, numbers, channelOptions, _options.CallbackContext) { Recovery = opened.Recovery };
        AddChannel(numbers.NamespaceNumber, channel);
        _opened.Add(channel, opened);
        opened.Attach(channel);
        return channel;
    }

    private void Tell(ClientNamespace opened, EventNumbers numbers, string connectionId, bool isRecovered)
    {
        _lifecycle.Publish(new Connected(opened.Shape.Namespace, connectionId, Transport.Kind, numbers.Agreement) { Recovered = isRecovered });
        Settle(opened);
    }

    /// <summary>The server does not open a namespace; trying again would change nothing.</summary>
    private void Refuse(ClientNamespace opened, DisconnectReason reason)
    {
        if (_answered.Contains(opened))
        {
            return;
        }

        _refusal ??= reason;
        // A contract that the server does not have is a mistake in the program; one that this client may not have is none, and the others go on.
        if (reason is ContractMismatch || (!HasOpen && _answered.Count == _namespaces.Count - 1))
        {
            Close(reason);
            return;
        }

        _lifecycle.Publish(new NamespaceDisconnected(opened.Shape.Namespace, reason));
        Settle(opened);
    }

    private void Settle(ClientNamespace opened)
    {
        if (_answered.Add(opened) && _answered.Count == _namespaces.Count)
        {
            _auths = null;
            _maps = null;
            _connected.TrySetResult(_refusal);
        }
    }

    /// <summary>The server has another build of the contract: finds out what the two have in common, and asks again, unless it is too little.</summary>
    private void Compare(ClientNamespace opened, in NamespacePacket packet)
    {
        _maps ??= [];
        if (_answered.Contains(opened) || _maps.ContainsKey(opened))
        {
            throw new PacketException(new ForcedClose($"A server asked twice how the contract of namespace '{opened.Shape.Namespace}' compares."));
        }

        var map = EventMap.Compare(opened.Shape, ReadTable(packet.Payload, opened.Shape));
        _maps.Add(opened, map);
        if (!map.Agreement.Satisfies(_options.ContractPolicy))
        {
            Refuse(opened, new ContractMismatch($"This client opens namespace '{opened.Shape.Namespace}' under the policy {_options.ContractPolicy}; {map.Agreement}")
            {
                Agreement = map.Agreement,
                Initiator = Initiator.Local,
            });
            return;
        }

        using var buffer = PayloadBuffer.Rent();
        var auth = _auths?[(int)packet.NamespaceNumber];
        Send(Ts1Writer.WriteConnect(buffer, packet.NamespaceNumber, opened.Shape.Namespace, opened.Shape.Fingerprint, opened.Authentication?.Auth, auth, map.Agreement));
    }

    private ContractShape ReadTable(ReadOnlySpan<byte> payload, ContractShape shape)
    {
        try
        {
            return EventTable.Read(payload, _options.PayloadLimits, shape);
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A COMPARE packet cannot be read: {exception.Message}"));
        }
    }

    private bool HasOpen => _opened.Keys.Any(static channel => channel.Ended is null);

    private protected override void FinishChannel(EventChannel channel, DisconnectReason reason)
    {
        var opened = _opened[channel];
        opened.Detach(channel);
        if (!reason.AllowsReconnect)
        {
            // A connection that somebody has ended is not come back to.
            opened.TakeRecoveryId(null);
        }

        if (State is not SessionState.Open)
        {
            return;
        }

        if (_answered.Count < _namespaces.Count || HasOpen)
        {
            _lifecycle.Publish(new NamespaceDisconnected(opened.Shape.Namespace, reason));
        }
        else
        {
            // Nothing is left that the session would be kept for; why it ended is what the server said.
            Input(session => session.PeerClosed(reason, Wheel.Now));
        }
    }

    private DisconnectReason ReadRefusal(ReadOnlySpan<byte> payload, ClientNamespace opened)
    {
        try
        {
            return RefusalPacket.ReadTs1(payload, opened.Authentication?.Refusal, _options.PayloadLimits);
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A CONNECT_ERROR packet cannot be read: {exception.Message}"));
        }
    }

    // Without a list of what is said, those that say nothing; with one, the others.
    private static byte[] WriteConnects(IReadOnlyList<ClientNamespace> namespaces, object?[]? auths)
    {
        using var message = new MemoryStream();
        for (var correlation = 0; correlation < namespaces.Count; correlation++)
        {
            var opened = namespaces[correlation];
            if (opened.HasAuth == auths is not null)
            {
                using var buffer = PayloadBuffer.Rent();
                message.Write(Ts1Writer.WriteConnect(buffer, (uint)correlation, opened.Shape.Namespace, opened.Shape.Fingerprint, opened.Authentication?.Auth, auths?[correlation]));
            }
        }

        return message.ToArray();
    }

    private (EventNumbers Numbers, string ConnectionId) ReadConnected(ReadOnlySpan<byte> payload, ClientNamespace opened)
    {
        const uint MaxNamespaces = 1024;
        try
        {
            var reader = new MessagePackReader(payload, _options.PayloadLimits);
            var values = reader.BeginArray();
            var number = reader.ReadUInt32();
            if (number >= MaxNamespaces)
            {
                throw PayloadException.OutOfRange($"namespace number {number}", $"0 to {MaxNamespaces - 1}");
            }

            var connectionId = reader.ReadString();
            reader.EndArray(values - 2);
            reader.Complete();
            var numbers = _maps?.GetValueOrDefault(opened) is { } map
                ? EventNumbers.Mapped(number, opened.Shape, map)
                : EventNumbers.Identical(number, opened.Shape, Side.Client, ContractAgreement.Identical);
            return (numbers, connectionId);
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A CONNECTED packet cannot be read: {exception.Message}"));
        }
    }
}

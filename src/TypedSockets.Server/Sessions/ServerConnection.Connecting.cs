using System.Text.Json;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Sessions;

internal sealed partial class ServerConnection
{
    /// <summary>Tells the client that it is connected, and lets its events through. Returns null when it has been refused meanwhile. Safe for concurrent use.</summary>
    public Connected? TryAdmit(HubMember member)
    {
        if (member.TakeRequest() is not { } request)
        {
            return null;
        }

        var connected = TryAdmit(member, request);
        if (connected is null)
        {
            CloseSlowConsumer();
        }

        return connected;
    }

    /// <summary>As <see cref="TryAdmit(HubMember)"/>, for whoever has taken the request. Returns null when the client reads too slowly to be told.</summary>
    public Connected? TryAdmit(HubMember member, ConnectRequest request)
    {
        var hubs = member.Namespace;
        Decide(_ =>
        {
            _session.NamespaceJoined();
            return SessionDecision.Nothing;
        });
        member.Channel.Admit();
        using var buffer = PayloadBuffer.Rent();
        var packet = Codec is EventCodec.Ts1
            ? Ts1Writer.WriteConnected(buffer, request.Correlation, hubs.Number, member.Id)
            : WriteConnected(buffer, member);
        if (!TrySend(packet))
        {
            return null;
        }

        var connected = new Connected(hubs.Shape.Namespace, member.Id, Transport.Kind, request.Agreement);
        Observer?.OnChange(this, connected);
        return connected;
    }

    /// <summary>
    /// Tells the client that it is not connected, and why. The session stays, for others and for another try. Returns false when the client has been answered. Safe for concurrent use.
    /// </summary>
    public bool TryRefuse(HubMember member, DisconnectReason reason)
    {
        if (member.TakeRequest() is not { } request)
        {
            return false;
        }

        var hubs = member.Namespace;
        Log.Refused(_sessions.Logger, Number, hubs.Shape.Namespace, reason.Description);
        Observer?.OnChange(this, new NamespaceDisconnected(hubs.Shape.Namespace, reason));
        SendRefusal(member, request, reason);
        member.Channel.End(reason);
        RunOnLoop(() => hubs.Close(member, reason));
        return true;
    }

    /// <summary>Makes the client a member of a namespace, with a hub that may still refuse it. For the receive loop.</summary>
    private void Join(HubNamespace hubs, ConnectRequest request)
    {
        CheckNotConnected(hubs);
        if (FindChannel(hubs.Number) is { Ended: { } reason } last)
        {
            FinishChannel(last, reason);
        }

        var numbers = request.Agreement is { IsKnown: true, IsIdentical: false } differing ? hubs.Numbers.For(differing) : hubs.Numbers;
        var channel = new EventChannel(this, Side.Server, hubs.Shape, numbers, hubs.ChannelOptions, callbackContext: null);
        var member = request.Auth is JsonElement said ? new HubMember(hubs, this, channel, request) { DynamicAuth = said } : new HubMember(hubs, this, channel, request);
        AddMember(hubs.Number, member);
        AddChannel(hubs.Number, channel);
        if (request.Refusal is { } refusal)
        {
            TryRefuse(member, refusal);
            return;
        }

        hubs.Open(member);
    }

    private ReadOnlySpan<byte> WriteConnected(PayloadBuffer buffer, HubMember member)
    {
        var @namespace = member.Namespace.Numbers.SocketIO.Namespace;
        var data = new ConnectedData(member.Id, member.Namespace.Recovery is null ? null : member.MakeRecoverable().RecoveryId);
        return Codec is EventCodec.SocketIOMessagePack
            ? MessagePackPacketWriter.WriteConnected(buffer, @namespace, data)
            : TextPacketWriter.WriteConnected(buffer, @namespace, data);
    }

    private void SendRefusal(HubMember member, ConnectRequest request, DisconnectReason reason)
    {
        var hubs = member.Namespace;
        using var buffer = PayloadBuffer.Rent();
        ReadOnlySpan<byte> packet;
        try
        {
            packet = RefusalPacket.Write(Codec, buffer, request.Correlation, hubs.Numbers.SocketIO.Namespace, reason, hubs.Authentication?.Refusal);
        }
        catch (Exception exception) when (reason is Unauthorized { Data: not null } unauthorized)
        {
            // The client is refused all the same; what cannot be written it is not told.
            OnHandlerFault($"{hubs.Shape.Name}.{nameof(Unauthorized.Data)}", exception);
            SendRefusal(member, request, unauthorized with { Data = null });
            return;
        }

        Send(packet);
    }

    /// <exception cref="PacketException">The namespace is connected already.</exception>
    private void CheckNotConnected(HubNamespace hubs)
    {
        if (FindChannel(hubs.Number) is { Ended: null })
        {
            throw new PacketException(new ForcedClose($"Namespace '{hubs.Shape.Namespace}' was connected twice on one session."));
        }
    }

    /// <summary>Returns how a client's contract compares with this end's, or null when the client has been asked or refused. For the receive loop.</summary>
    private ContractAgreement? Compare(HubNamespace hubs, uint correlation, ulong fingerprint, ContractAgreement? told)
    {
        if (fingerprint == hubs.Shape.Fingerprint)
        {
            return ContractAgreement.Identical;
        }

        CheckNotConnected(hubs);
        using var buffer = PayloadBuffer.Rent();
        if (told is null)
        {
            // The client maps the numbers, so it compares; nothing is kept of it here until it has.
            Send(Ts1Writer.WriteCompare(buffer, correlation, hubs.Shape));
            return null;
        }

        if (told.Satisfies(_options.ContractPolicy))
        {
            return told;
        }

        var reason = new ContractMismatch($"Namespace '{hubs.Shape.Namespace}' is served under the policy {_options.ContractPolicy}; {told}") { Agreement = told, Initiator = Initiator.Local };
        Log.Refused(_sessions.Logger, Number, hubs.Shape.Namespace, reason.Description);
        Send(RefusalPacket.Write(Codec, buffer, correlation, null, reason, null));
        return null;
    }

    // Nobody serves it, so there is no member to refuse.
    private void RefuseUnknown(uint correlation, string name)
    {
        Log.UnknownNamespace(_sessions.Logger, Number, name);
        var @namespace = Codec is EventCodec.Ts1 ? null : SocketIONamespace.TryCreate(name) ?? throw new SocketIOViolationException("A CONNECT names what is no namespace.");
        using var buffer = PayloadBuffer.Rent();
        Send(RefusalPacket.Write(Codec, buffer, correlation, @namespace, new ContractMismatch(Codec is EventCodec.Ts1 && _namespaces.Find(name) is not null
            ? $"Namespace '{name}' has no contract; open it as dynamic."
            : $"Namespace '{name}' is not served here."), null));
    }
}

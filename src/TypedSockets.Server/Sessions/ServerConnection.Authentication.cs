using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;
using TypedSockets.Server.Authentication;

namespace TypedSockets.Server.Sessions;

internal sealed partial class ServerConnection
{
    /// <summary>Asks the client for a new token. Safe for concurrent use.</summary>
    /// <param name="left">For how long the session's authentication still holds.</param>
    public void AskForToken(TimeSpan left)
    {
        using var buffer = PayloadBuffer.Rent();
        Send(Ts1Writer.WriteTokenWanted(buffer, left));
    }

    /// <summary>The user has been seen anew: events that come from now on are that user's, and every hub asks once more if the user may be there. Safe for concurrent use.</summary>
    public void Renew(ClientIdentity client)
    {
        _client = client;
        Log.Renewed(_sessions.Logger, Number);
        if (client.Ticket is { } ticket)
        {
            _authentication!.Begin(ticket);
        }
        else
        {
            _authentication!.End();
        }

        RunOnLoop(() => Array.ForEach(_members, static member => member?.Namespace.Reauthorize(member)));
    }

    private protected override void ReceiveToken(in NamespacePacket packet)
    {
        if (packet.Type is not NamespacePacketType.Token)
        {
            throw new PacketException(new ForcedClose($"A client sent a packet of type {packet.Type}; only a server may."));
        }

        (_authentication ?? throw SessionAuthentication.Unasked()).Receive(ReadToken(packet.Payload));
    }

    private string ReadToken(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new MessagePackReader(payload, _options.PayloadLimits);
            var values = reader.BeginArray();
            var token = reader.ReadString();
            reader.EndArray(values - 1);
            reader.Complete();
            return token;
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A TOKEN packet cannot be read: {exception.Message}"));
        }
    }
}

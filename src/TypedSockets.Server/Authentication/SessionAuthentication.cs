using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Packets;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Authentication;

/// <summary>
/// Sees to it that a session does not outlive its authentication: asks the client for a new token before that is over, once, has the answer checked, and ends the session when there is none in
/// time. Made only for sessions whose authentication expires. Safe for concurrent use.
/// </summary>
internal sealed class SessionAuthentication(ServerConnection connection, TokenAuthenticator authenticator, TimeSpan refreshAhead, TimeProvider time) : TimingWheel.Entry
{
    private readonly Lock _gate = new();
    private DateTimeOffset _ticketExpires;
    private TimeSpan _expires;
    private bool _isAsked;
    private bool _isOver;

    // Nobody can be asked who has no packet to answer with, nor can an answer count that nobody could check, or tell whose it is.
    private bool CanRefresh => connection is { Codec: EventCodec.Ts1, Client.Ticket.Scheme: not null } && SessionTicket.KeyOf(connection.Client.User) is not null;

    /// <summary>The session has a ticket: its first, or a new one.</summary>
    public void Begin(SessionTicket ticket)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            var now = connection.Wheel.Now;
            var holds = ticket.Expires - time.GetUtcNow();
            _expires = now + holds;
            // Whoever answers with a token that is no newer has none, and is not asked again and again.
            var asks = CanRefresh && holds > TimeSpan.Zero && ticket.Expires > _ticketExpires;
            _ticketExpires = ticket.Expires;
            connection.Wheel.Schedule(this, asks ? _expires - (holds / 2 < refreshAhead ? holds / 2 : refreshAhead) : _expires);
        }
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            connection.Wheel.Remove(this);
        }
    }

    /// <summary>A token came. For the receive loop.</summary>
    /// <exception cref="PacketException">None was asked for.</exception>
    public void Receive(string token)
    {
        lock (_gate)
        {
            if (!_isAsked)
            {
                throw Unasked();
            }

            _isAsked = false;
        }

        _ = CheckAsync(token);
    }

    /// <summary>Each token costs a check, so one comes for each question.</summary>
    public static PacketException Unasked() => new(new ForcedClose("A TOKEN packet came that the server had not asked for."));

    protected internal override void OnDue(TimeSpan now)
    {
        TimeSpan left;
        lock (_gate)
        {
            left = _expires - now;
            if (_isOver)
            {
                return;
            }

            if (left > TimeSpan.Zero)
            {
                _isAsked = true;
                connection.Wheel.Schedule(this, _expires);
            }
        }

        if (left > TimeSpan.Zero)
        {
            connection.AskForToken(left);
        }
        else
        {
            connection.Close(new AuthenticationExpired());
        }
    }

    protected internal override void OnDueFailed(Exception exception)
    {
        connection.OnHandlerFault(nameof(AuthenticationExpired), exception);
        connection.Transport.Abort();
    }

    private async Task CheckAsync(string token)
    {
        var known = connection.Client;
        ClientIdentity? renewed;
        try
        {
            renewed = await authenticator.AuthenticateAsync(known, known.Ticket!.Scheme!, token);
        }
        catch (Exception exception)
        {
            // A check that fails says nothing about the user: what was known holds until it expires.
            connection.OnHandlerFault(nameof(TokenAuthenticator.AuthenticateAsync), exception);
            return;
        }

        if (renewed is null)
        {
            connection.Close(new Unauthorized("The new token is not accepted."));
        }
        else if (SessionTicket.KeyOf(renewed.User) != SessionTicket.KeyOf(known.User))
        {
            connection.Close(new Unauthorized("The new token is another user's."));
        }
        else
        {
            connection.Renew(renewed);
        }
    }
}

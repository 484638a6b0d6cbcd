namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>
/// The server's end of HTTP long-polling as a pure state machine (Engine.IO 4, "HTTP long-polling"): at most one GET and one POST at a time. It holds no packets, no clock and no
/// lock. Its table is in docs/protocol/polling.md.
/// </summary>
internal sealed class ServerPolling
{
    private long _lastGet;
    private long _lastPost;
    private PollingAnswer _lastPostAnswer = PollingAnswer.Ok;

    public PollingState State { get; private set; } = PollingState.Open;

    /// <summary>Whether a GET waits for something to be answered with.</summary>
    public bool IsGetHeld { get; private set; }

    /// <summary>Whether a GET has been told to fetch its answer and has not done so.</summary>
    public bool IsGetAwake { get; private set; }

    /// <summary>Whether a POST is being read or handed on.</summary>
    public bool IsPosting { get; private set; }

    /// <summary>Why the transport failed; null while it has not.</summary>
    public DisconnectReason? Fault { get; private set; }

    /// <summary>A GET arrived.</summary>
    /// <param name="number">
    /// Counts the GETs of a session from 1, where the client does so. One that is sent twice on its way has lost its answer, and what comes now would leave a gap.
    /// </param>
    /// <param name="hasPackets">Whether packets wait.</param>
    public PollingAnswer Get(long? number, bool hasPackets)
    {
        if (number <= _lastGet && State is not (PollingState.Closed or PollingState.Superseded))
        {
            Fail($"GET {number} came again: its first answer has been lost.");
            State = PollingState.Closed;
            return PollingAnswer.Overlap;
        }

        _lastGet = number ?? _lastGet;
        switch (State)
        {
            case PollingState.Open when IsGetHeld || IsGetAwake:
                Fail("A second GET came while one was held.", Initiator.Local);
                return PollingAnswer.Overlap;
            case PollingState.Open when !hasPackets:
                IsGetHeld = true;
                return PollingAnswer.Hold;
            case PollingState.Closed:
                return PollingAnswer.Unknown;
            default:
                return Answer(hasPackets);
        }
    }

    /// <summary>The held GET is to be answered: it is awake now, and fetches its answer with <see cref="Fetch"/>. Returns whether there is one.</summary>
    public bool Wake()
    {
        if (!IsGetHeld)
        {
            return false;
        }

        (IsGetHeld, IsGetAwake) = (false, true);
        return true;
    }

    /// <summary>The GET that was woken fetches its answer, which depends on what has happened until now.</summary>
    public PollingAnswer Fetch(bool hasPackets)
    {
        IsGetAwake = false;
        return Answer(hasPackets);
    }

    /// <summary>The connection of a GET broke before it was answered.</summary>
    public void GetAborted()
    {
        if (IsGetHeld || IsGetAwake)
        {
            Fail("The connection of a held GET closed before it was answered.");
        }
    }

    /// <summary>A POST arrived; its body has not been read.</summary>
    /// <param name="number">Counts the POSTs of a session from 1, where the client does so: a request that is sent twice on its way is then taken once.</param>
    public PollingAnswer Post(long? number)
    {
        switch (State)
        {
            case PollingState.Open:
                break;
            case PollingState.Superseded:
                return PollingAnswer.Moved;
            case PollingState.Leaving or PollingState.Closed:
                return PollingAnswer.Unknown;
            default:
                // Nobody listens any more; the client learns it from its next GET.
                return PollingAnswer.Ok;
        }

        if (number <= _lastPost)
        {
            return IsPosting ? PollingAnswer.Join : number == _lastPost ? _lastPostAnswer : PollingAnswer.Ok;
        }

        if (IsPosting)
        {
            Fail("A second POST came while one was being read.", Initiator.Local);
            return PollingAnswer.Overlap;
        }

        if (number is { } given && given != _lastPost + 1)
        {
            Fail($"POST {given} came after POST {_lastPost}: one has been lost.");
            return PollingAnswer.Overlap;
        }

        _lastPost = number ?? _lastPost;
        IsPosting = true;
        return PollingAnswer.Take;
    }

    /// <summary>The POST is done with.</summary>
    /// <param name="isHandedOn">False when nobody listened to it any more.</param>
    public PollingAnswer Posted(bool isHandedOn)
    {
        IsPosting = false;
        return _lastPostAnswer = (State, Fault) switch
        {
            (_, not null) => PollingAnswer.Reset,
            (PollingState.Superseded, _) when !isHandedOn => PollingAnswer.Moved,
            (PollingState.Closed, _) when !isHandedOn => PollingAnswer.Unknown,
            _ => PollingAnswer.Ok,
        };
    }

    /// <summary>The body of the POST is larger than may be. The session stays; whoever sends the POST again hears the same again.</summary>
    public PollingAnswer PostRefused()
    {
        IsPosting = false;
        return _lastPostAnswer = PollingAnswer.TooLarge;
    }

    /// <summary>The body of the POST did not arrive whole, or is not what one may be.</summary>
    public PollingAnswer PostFailed(string why, Initiator initiator = Initiator.Network)
    {
        IsPosting = false;
        Fail(why, initiator);
        return _lastPostAnswer = PollingAnswer.Reset;
    }

    /// <summary>This end says goodbye: the next GET fetches it.</summary>
    public void Close()
    {
        if (State is PollingState.Open)
        {
            State = PollingState.Closing;
        }
    }

    /// <summary>The peer said goodbye in a POST.</summary>
    public void PeerClosed()
    {
        if (State is PollingState.Open or PollingState.Closing)
        {
            State = PollingState.Leaving;
        }
    }

    /// <summary>Another transport carries the session on. Returns whether it may.</summary>
    public bool Supersede()
    {
        if (State is not PollingState.Open)
        {
            return false;
        }

        State = PollingState.Superseded;
        return true;
    }

    public void Abort()
    {
        if (State is not PollingState.Superseded)
        {
            State = PollingState.Closed;
        }
    }

    /// <summary>The transport cannot go on.</summary>
    /// <param name="why">What came, or did not.</param>
    /// <param name="initiator">Who ended it: this end, which does not put up with what the peer sent, or the network.</param>
    public void Fail(string why, Initiator initiator = Initiator.Network)
    {
        if (State is PollingState.Open)
        {
            State = PollingState.Closed;
            Fault = new TransportError(why) { Initiator = initiator };
        }
    }

    private PollingAnswer Answer(bool hasPackets)
    {
        switch (State)
        {
            case PollingState.Open:
                return hasPackets ? PollingAnswer.Packets : PollingAnswer.Noop;
            case PollingState.Closing:
                State = PollingState.Closed;
                return PollingAnswer.Packets;
            case PollingState.Leaving:
                // What was answered before the goodbye came is still wanted.
                State = PollingState.Closed;
                return hasPackets ? PollingAnswer.Packets : PollingAnswer.Noop;
            case PollingState.Superseded:
                return PollingAnswer.Moved;
            default:
                return PollingAnswer.Close;
        }
    }
}

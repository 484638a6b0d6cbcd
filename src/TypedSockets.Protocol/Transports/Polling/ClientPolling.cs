namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>
/// The client's end of HTTP long-polling as a pure state machine: one GET always under way, one POST at a time while there is something to send, and a pause for the upgrade. It holds
/// no packets, no clock and no lock. Its table is in docs/protocol/polling.md.
/// </summary>
internal sealed class ClientPolling
{
    private bool _mustFlush;
    private bool _isGoodbyePosted;

    public PollingState State { get; private set; } = PollingState.Open;

    /// <summary>Whether no GET and no further POST may begin, because another transport is about to take over.</summary>
    public bool IsPausing { get; private set; }

    public bool IsGetting { get; private set; }

    public bool IsPosting { get; private set; }

    /// <summary>Whether the transport has gone quiet for the upgrade: nothing is under way, and what waits, waits for the successor.</summary>
    public bool IsPaused => State is PollingState.Open && IsPausing && !IsGetting && !IsPosting;

    /// <summary>The session has its id.</summary>
    public PollingActions Start() => State is PollingState.Open ? Advance(hasPackets: false) : PollingActions.None;

    /// <summary>Something waits to be sent.</summary>
    public PollingActions Queued() => State is PollingState.Open && !IsPausing ? Advance(hasPackets: true) : PollingActions.None;

    /// <summary>The answer of the GET has been handed on.</summary>
    public PollingActions Got(bool hasPackets)
    {
        IsGetting = false;
        return Advance(hasPackets);
    }

    /// <summary>The POST has been answered.</summary>
    public PollingActions Posted(bool hasPackets)
    {
        IsPosting = false;
        return Advance(hasPackets);
    }

    /// <summary>Another transport is proven: what waits now is still sent by POST, then nothing begins any more.</summary>
    public PollingActions Pause(bool hasPackets)
    {
        if (State is not PollingState.Open || IsPausing)
        {
            return PollingActions.None;
        }

        IsPausing = true;
        _mustFlush = hasPackets;
        return Advance(hasPackets);
    }

    /// <summary>The other transport is not taken after all.</summary>
    public PollingActions Resume(bool hasPackets)
    {
        if (State is not PollingState.Open || !IsPausing)
        {
            return PollingActions.None;
        }

        IsPausing = false;
        return Advance(hasPackets);
    }

    /// <summary>This end says goodbye, in a POST of its own or with what waits.</summary>
    public PollingActions Close()
    {
        if (State is not PollingState.Open)
        {
            return PollingActions.None;
        }

        State = PollingState.Closing;
        return Advance(hasPackets: true);
    }

    /// <summary>The server said goodbye, or the session is not to be had any more: nothing is left to be sent.</summary>
    public PollingActions End()
    {
        if (State is PollingState.Closed or PollingState.Superseded)
        {
            return PollingActions.None;
        }

        State = PollingState.Closed;
        return PollingActions.Finish;
    }

    /// <summary>Another transport carries the session on. Returns whether it may.</summary>
    public bool Supersede()
    {
        if (!IsPaused)
        {
            return false;
        }

        State = PollingState.Superseded;
        return true;
    }

    private PollingActions Advance(bool hasPackets) => State switch
    {
        PollingState.Open when IsPausing => Quieten(hasPackets),
        PollingState.Open => StartGet() | (hasPackets ? StartPost() : PollingActions.None),
        PollingState.Closing => SayGoodbye(hasPackets),
        _ => PollingActions.None,
    };

    private PollingActions Quieten(bool hasPackets)
    {
        if (_mustFlush && hasPackets && !IsPosting)
        {
            _mustFlush = false;
            return StartPost();
        }

        return IsPaused ? PollingActions.ReportPaused : PollingActions.None;
    }

    private PollingActions SayGoodbye(bool hasPackets)
    {
        if (IsPosting)
        {
            return PollingActions.None;
        }

        if (_isGoodbyePosted && !hasPackets)
        {
            State = PollingState.Closed;
            return PollingActions.Finish;
        }

        _isGoodbyePosted = true;
        return StartPost();
    }

    private PollingActions StartGet()
    {
        if (IsGetting)
        {
            return PollingActions.None;
        }

        IsGetting = true;
        return PollingActions.StartGet;
    }

    private PollingActions StartPost()
    {
        if (IsPosting)
        {
            return PollingActions.None;
        }

        IsPosting = true;
        return PollingActions.StartPost;
    }
}

using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>The client's end of HTTP long-polling.</summary>
internal sealed class SimulatedClientPolling(Life life, SimulatedClient end) : SimulatedPolling(life, end)
{
    // So that some POSTs leave packets behind.
    private const int MostPackets = 6;

    private readonly ClientPolling _polling = new();
    private bool _isClosing;
    private bool _isHandingOn;
    private long _gets;
    private long _posts;

    public PollingState State => _polling.State;

    /// <summary>What is told when everything is quiet.</summary>
    public Action? OnPaused { get; set; }

    private protected override bool IsOpen => _polling.State is PollingState.Open && !_isClosing;

    private protected override bool IsOver => _polling.State is PollingState.Closed;

    public void Start() => Apply(_polling.Start());

    public void Pause()
    {
        if (_polling.IsPosting || Queue.Count > 0)
        {
            Life.Reach(LifePath.PausedWhileSending);
        }

        Apply(_polling.Pause(Queue.Count > 0));
    }

    public void Resume()
    {
        Life.Reach(LifePath.Resumed);
        Apply(_polling.Resume(Queue.Count > 0));
    }

    public void HandOn(IReadOnlyList<Packet> packets)
    {
        _isHandingOn = true;
        foreach (var packet in packets)
        {
            if (packet.Type is PacketType.Close)
            {
                Apply(_polling.End());
            }

            Taker?.Take(packet);
        }

        // A goodbye of this end waits for the end of the payload, where the server's own may stand.
        _isHandingOn = false;
        if (_isClosing)
        {
            Apply(_polling.Close());
        }
    }

    public override void Close()
    {
        if (Successor is { } successor)
        {
            successor.Close();
            return;
        }

        if (IsOpen)
        {
            Queue.Add(new Packet(PacketType.Close));
        }

        _isClosing = true;
        if (!_isHandingOn)
        {
            Apply(_polling.Close());
        }

        EndReceiving(null);
    }

    public override void Abort()
    {
        if (Successor is { } successor)
        {
            successor.Abort();
            return;
        }

        Apply(_polling.End());
        EndReceiving(null);
    }

    private protected override bool TrySupersede() => !_isClosing && _polling.Supersede();

    private protected override void OnSuperseded() => EndReceiving(null);

    private protected override void OnQueued() => Apply(_polling.Queued());

    private void Apply(PollingActions actions)
    {
        if (End.IsCrashed)
        {
            return;
        }

        Rule.Require(State is not PollingState.Superseded || actions is PollingActions.None, "A client that has moved to the WebSocket polls no more.");
        if (actions.HasFlag(PollingActions.StartGet))
        {
            _gets++;
            Life.Trace($"client sends GET {_gets}");
            Life.Network.Send(_gets, null, Life.Server.OnGet, OnGot);
        }

        if (actions.HasFlag(PollingActions.StartPost))
        {
            var packets = TakeQueue(MostPackets);
            _posts++;
            Life.Trace($"client sends POST {_posts} [{string.Join(", ", packets)}]");
            Life.Network.Send(_posts, packets, Life.Server.OnPost, OnPosted);
        }

        if (actions.HasFlag(PollingActions.ReportPaused))
        {
            OnPaused?.Invoke();
        }

        Update();
    }

    private void OnGot(Answer answer)
    {
        if (End.IsCrashed || _polling.State is PollingState.Closed)
        {
            return;
        }

        Life.Trace($"client's GET got {answer}");
        if (answer.Status != 200)
        {
            Lose($"A GET got {answer}.");
            return;
        }

        HandOn(answer.Packets);
        Life.After(End.Pace, () =>
        {
            if (!End.IsCrashed)
            {
                Apply(_polling.Got(Queue.Count > 0));
            }
        });
    }

    private void OnPosted(Answer answer)
    {
        if (End.IsCrashed || _polling.State is PollingState.Closed)
        {
            return;
        }

        Life.Trace($"client's POST got {answer}");
        if (answer.Status == 200)
        {
            Apply(_polling.Posted(Queue.Count > 0));
        }
        else
        {
            Lose($"A POST got {answer}.");
        }
    }

    private void Lose(string why)
    {
        Apply(_polling.End());
        EndReceiving(_isClosing ? null : new TransportError(why));
    }
}

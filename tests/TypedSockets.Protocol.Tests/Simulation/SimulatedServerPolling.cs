using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>Does what <see cref="ServerPollingTransport"/> and its endpoint do.</summary>
internal sealed class SimulatedServerPolling(Life life, SimulatedEnd end) : SimulatedPolling(life, end)
{
    // Engine.IO's error codes: the session is unknown, or goes on over another transport.
    private const int SessionUnknown = 1;
    private const int BadRequest = 3;

    private readonly ServerPolling _polling = new();
    private readonly List<Exchange> _joined = [];
    private Exchange? _held;
    private Exchange? _running;
    private IReadOnlyList<Packet>? _body;
    private bool _isHandingOn;
    private bool _isClosing;
    private bool _isReceived;
    private bool _isSignalled;

    public bool IsGetHeld => _polling.IsGetHeld;

    public PollingState State => _polling.State;

    private protected override bool IsOpen => _polling.State is PollingState.Open && !_isClosing;

    private protected override bool IsOver => _polling.State is PollingState.Closed;

    public void OnGet(Exchange exchange)
    {
        var state = _polling.State;
        var answer = _polling.Get(exchange.Number > 0 ? exchange.Number : null, Queue.Count > 0);
        if (answer is PollingAnswer.Hold)
        {
            _held = exchange;
            exchange.OnAborted = () => Fail(polling => polling.GetAborted());
            return;
        }

        if (state is PollingState.Closing or PollingState.Leaving)
        {
            Life.Reach(state is PollingState.Closing ? LifePath.GoodbyeFetched : LifePath.LingeringGet);
        }

        Respond(exchange, answer);
        Update();
    }

    public void OnPost(Exchange exchange)
    {
        var answer = _polling.Post(exchange.Number);
        if (answer is PollingAnswer.Join)
        {
            Life.Reach(LifePath.PostJoined);
            _joined.Add(exchange);
        }
        else if (answer is PollingAnswer.Take)
        {
            _running = exchange;
            Life.After(Life.Delay() / 2, () => TakeBody(exchange));
        }
        else
        {
            Respond(exchange, answer);
        }

        Update();
    }

    public void ReleaseGet()
    {
        if (_polling.IsGetHeld)
        {
            Life.Reach(LifePath.GetReleased);
        }

        WakeGet();
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
            _polling.Close();
        }

        _isClosing = true;
        WakeGet();
        Update();
    }

    public override void Abort()
    {
        if (Successor is { } successor)
        {
            successor.Abort();
            return;
        }

        _polling.Abort();
        WakeGet();
        Update();
    }

    private protected override bool TrySupersede() => !_isClosing && _polling.Supersede();

    private protected override void OnSuperseded()
    {
        WakeGet();
        Signal();
    }

    private protected override void OnQueued() => WakeGet();

    private protected override void Update()
    {
        if (_body is not null || _isClosing || _polling.State is not PollingState.Open)
        {
            Signal();
        }

        if (_polling.State is PollingState.Closed)
        {
            WakeGet();
        }

        base.Update();
    }

    private void TakeBody(Exchange exchange)
    {
        if (End.IsCrashed)
        {
            return;
        }

        if (exchange.LosesBody || exchange.IsBroken)
        {
            var answer = PollingAnswer.Reset;
            Fail(polling => answer = polling.PostFailed("The connection of a POST closed before its body was whole."));
            EndPost(answer);
        }
        else if (_isReceived)
        {
            EndPost(_polling.Posted(isHandedOn: false));
        }
        else
        {
            _body = exchange.Packets;
            Update();
        }
    }

    private void Signal()
    {
        if (!_isSignalled)
        {
            _isSignalled = true;
            Life.Yield(Loop);
        }
    }

    /// <summary>One round of the receive loop.</summary>
    private void Loop()
    {
        _isSignalled = false;
        if (End.IsCrashed || Taker is null || _isHandingOn)
        {
            return;
        }

        var body = _body;
        _body = null;
        if (body is null)
        {
            CompleteRound(wasPosted: false);
            return;
        }

        _isHandingOn = true;
        foreach (var packet in body)
        {
            if (packet.Type is PacketType.Close)
            {
                _polling.PeerClosed();
                WakeGet();
            }

            Life.Trace($"server receives {packet}");
            Taker.Take(packet);
        }

        Life.After(End.Pace, () =>
        {
            _isHandingOn = false;
            CompleteRound(wasPosted: true);
        });
    }

    private void CompleteRound(bool wasPosted)
    {
        if (End.IsCrashed)
        {
            return;
        }

        if (wasPosted)
        {
            Life.Yield(() => EndPost(_polling.Posted(isHandedOn: true)));
        }

        if (_polling.State is PollingState.Open && !_isClosing)
        {
            Update();
            return;
        }

        _isReceived = true;
        if (_body is not null)
        {
            _body = null;
            EndPost(_polling.Posted(isHandedOn: false));
        }

        EndReceiving(_polling.Fault);
    }

    private void EndPost(PollingAnswer answer)
    {
        if (End.IsCrashed)
        {
            return;
        }

        Respond(_running!, answer);
        _running = null;
        _joined.ForEach(exchange => Respond(exchange, answer));
        _joined.Clear();
        Update();
    }

    private void Fail(Action<ServerPolling> input)
    {
        if (!End.IsCrashed)
        {
            input(_polling);
            WakeGet();
            Update();
        }
    }

    private void WakeGet()
    {
        if (!_polling.Wake())
        {
            return;
        }

        var held = _held!;
        _held = null;
        Life.Yield(() =>
        {
            if (!End.IsCrashed)
            {
                Respond(held, _polling.Fetch(Queue.Count > 0));
                Update();
            }
        });
    }

    private void Respond(Exchange exchange, PollingAnswer answer)
    {
        Life.Reach(answer switch
        {
            PollingAnswer.Moved => LifePath.AnsweredMoved,
            PollingAnswer.Unknown => LifePath.AnsweredUnknown,
            PollingAnswer.Overlap => LifePath.AnsweredOverlap,
            _ => LifePath.Answered,
        });
        var isGet = exchange.Packets is null;
        exchange.Respond(
            answer switch
            {
                PollingAnswer.Packets => Answer.Of(TakeQueue(int.MaxValue)),
                PollingAnswer.Noop => Answer.Of(new Packet(PacketType.Noop)),
                PollingAnswer.Close => Answer.Of(new Packet(PacketType.Close)),
                PollingAnswer.Ok => Answer.Ok,
                PollingAnswer.Moved => Answer.Refused(BadRequest),
                PollingAnswer.Unknown => Answer.Refused(SessionUnknown),
                PollingAnswer.Overlap => Answer.Refused(code: 0),
                PollingAnswer.Reset => Answer.Failed,
                _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer."),
            },
            () => Fail(polling =>
            {
                if (isGet)
                {
                    polling.Fail("The connection of a GET closed while it was answered.");
                }
            }));
    }
}

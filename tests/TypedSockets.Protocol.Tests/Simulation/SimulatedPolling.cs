namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What both ends of HTTP long-polling share: does what <see cref="Protocol.Transports.Polling.PollingTransport"/> does.</summary>
internal abstract class SimulatedPolling(Life life, SimulatedEnd end) : SimulatedTransport
{
    private Action? _onFinished;

    private protected Life Life => life;

    private protected SimulatedEnd End => end;

    public override bool HasWaiting => Queue.Count > 0;

    private protected List<Packet> Queue { get; } = [];

    private protected IPacketTaker? Taker { get; private set; }

    private protected abstract bool IsOpen { get; }

    /// <summary>Whether nothing is left to wait for.</summary>
    private protected abstract bool IsOver { get; }

    public override void Receive(IPacketTaker taker) => Taker = taker;

    public override void Send(Packet packet)
    {
        if (Successor is { } successor)
        {
            successor.Send(packet);
        }
        else if (IsOpen)
        {
            life.Trace($"{end} queues {packet}");
            Queue.Add(packet);
            OnQueued();
        }
    }

    public override void Finish(Action done)
    {
        _onFinished = done;
        Update();
    }

    public bool TryMoveTo(SimulatedWebSocket successor, Packet? first)
    {
        if (!TrySupersede())
        {
            return false;
        }

        if (first is { } packet)
        {
            successor.Send(packet);
        }

        life.Reach(Queue.Count > 0 ? LifePath.QueueMoved : LifePath.EmptyQueueMoved);
        Queue.ForEach(successor.Send);
        Queue.Clear();
        Successor = successor;
        OnSuperseded();
        return true;
    }

    private protected abstract bool TrySupersede();

    private protected abstract void OnSuperseded();

    private protected abstract void OnQueued();

    private protected virtual void Update()
    {
        if (IsOver && _onFinished is { } done)
        {
            _onFinished = null;
            life.Yield(done);
        }
    }

    private protected List<Packet> TakeQueue(int most)
    {
        var packets = Queue.GetRange(0, Math.Min(most, Queue.Count));
        Queue.RemoveRange(0, packets.Count);
        return packets;
    }

    private protected void EndReceiving(DisconnectReason? reason)
    {
        if (Taker is { } taker)
        {
            Taker = null;
            life.Yield(() => taker.TakeEnd(reason));
        }
    }
}

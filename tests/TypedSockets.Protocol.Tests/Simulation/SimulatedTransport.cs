namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>Does what <see cref="Protocol.Transports.PacketTransport"/> does, on the life's own time.</summary>
internal abstract class SimulatedTransport
{
    /// <summary>What carries the session on in place of this transport; null while nothing does.</summary>
    public SimulatedTransport? Successor { get; protected set; }

    /// <summary>Whether something waits for the peer to fetch it.</summary>
    public virtual bool HasWaiting => false;

    public abstract void Receive(IPacketTaker taker);

    public abstract void Send(Packet packet);

    public abstract void Close();

    public abstract void Abort();

    /// <summary>After receiving has ended: calls back when there is nothing left to wait for.</summary>
    public abstract void Finish(Action done);
}

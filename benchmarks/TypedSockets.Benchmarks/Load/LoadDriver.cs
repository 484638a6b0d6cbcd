using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Load;

/// <summary>What a workload does with open connections. All members are called on the loop's thread.</summary>
internal abstract class LoadDriver
{
    /// <summary>The latencies of what arrived while <see cref="IsRecording"/>; null when the workload has none.</summary>
    public virtual LatencyHistogram? Latencies => null;

    /// <summary>Whether latencies are recorded: not while warming up and draining.</summary>
    public bool IsRecording { get; set; }

    /// <summary>Whether everything that was sent has been answered, delivered or handled. Asked once nothing more is sent; throws when more came back than was sent.</summary>
    public abstract bool IsDrained { get; }

    /// <summary>What is still missing, in words.</summary>
    public abstract string Missing { get; }

    /// <summary>Sends the first messages.</summary>
    public abstract void Start();

    /// <summary>No new messages from now on.</summary>
    public abstract void Stop();

    /// <summary>How many messages have been handled, given what the server says of itself at the same time.</summary>
    public abstract long Count(ServerSample server);

    /// <summary>A reply or a delivery arrived at <paramref name="now"/> (a <see cref="System.Diagnostics.Stopwatch"/> timestamp).</summary>
    public abstract void Received(LoadConnection connection, in Incoming incoming, long now);

    /// <summary>All messages of one read have been handed to <see cref="Received"/>.</summary>
    public virtual void ReadEnded(LoadConnection connection)
    {
    }

    /// <summary>The connection can be written and has no backlog. Only for connections whose <see cref="Sockets.PolledSocket.WritableWanted"/> is set.</summary>
    public virtual void Writable(LoadConnection connection)
    {
    }

    /// <summary>Does what is due at <paramref name="now"/>; returns in how many milliseconds it wants to be called again at the latest.</summary>
    public virtual int Turn(long now) => int.MaxValue;
}

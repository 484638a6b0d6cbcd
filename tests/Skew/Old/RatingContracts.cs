using TypedSockets;

namespace Skew;

/// <summary>A contract of which the other build has broken two events.</summary>
[EventContract("/rating")]
public partial interface IRatingServer : IServerEvents<IRatingServer, IRatingClient>
{
    ValueTask<string> Rate(string what);

    ValueTask<string> Echo(string text);

    /// <summary>Raises the broken event at the caller, then at everybody, then one that is not broken.</summary>
    ValueTask<string> Raise(string text);
}

public interface IRatingClient : IClientEvents
{
    void Rated(string what, string by);

    void Told(string text);
}

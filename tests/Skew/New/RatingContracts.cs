using TypedSockets;

namespace Skew;

/// <summary>A contract of which this build has broken two events.</summary>
[EventContract("/rating")]
public partial interface IRatingServer : IServerEvents<IRatingServer, IRatingClient>
{
    /// <summary>A string there, a number here.</summary>
    ValueTask<string> Rate(int what);

    ValueTask<string> Echo(string text);

    /// <summary>Raises the broken event at the caller, then at everybody, then one that is not broken.</summary>
    ValueTask<string> Raise(string text);
}

public interface IRatingClient : IClientEvents
{
    /// <summary>A string there, a number here.</summary>
    void Rated(int stars, string by);

    void Told(string text);
}

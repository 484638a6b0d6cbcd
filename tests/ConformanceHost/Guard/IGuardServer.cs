using TypedSockets;

namespace ConformanceHost.Guard;

/// <summary>What the attributes of its hub are about: the trimmer must leave them.</summary>
[EventContract("/guard")]
public partial interface IGuardServer : IServerEvents<IGuardServer, IGuardClient>
{
    ValueTask<string> Call(string name);

    ValueTask<string> Open(string door, CancellationToken cancellationToken);
}

public interface IGuardClient : IClientEvents;

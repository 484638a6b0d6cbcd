using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>A contract whose hub takes nothing that it does not have.</summary>
[EventContract("/quiet")]
public partial interface IQuietServer : IServerEvents<IQuietServer, IQuietClient>
{
    void Hush(int volume);
}

public interface IQuietClient : IClientEvents;

public sealed class QuietHub : Hub<IQuietClient>, IQuietServer
{
    public void Hush(int volume)
    {
    }
}

public sealed class QuietClient : IQuietClient;

using TypedSockets.Server;

namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>A contract that nobody may connect to.</summary>
[EventContract("/guarded", Auth = typeof(Pass))]
public partial interface IGuardedServer : IServerEvents<IGuardedServer, IGuardedClient>;

public interface IGuardedClient : IClientEvents;

public sealed record Pass(string Name);

public sealed class GuardedHub(PlayLog log) : Hub<IGuardedClient>, IGuardedServer, IAuthenticateClients<Pass>
{
    public ValueTask<ConnectRefusal?> OnConnecting(Pass? auth, CancellationToken cancellationToken)
    {
        log.OnConnected();
        return new(new ConnectRefusal("Not today."));
    }
}

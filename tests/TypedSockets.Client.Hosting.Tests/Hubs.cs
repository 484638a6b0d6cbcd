using TypedSockets.Server;

namespace TypedSockets.Client.Hosting.Tests;

public sealed class TallyHub(TallyServer server) : Hub<ITallyClient>, ITallyServer
{
    public ValueTask<string> WhichServer() => new(server.Name);

    public void Count(int number) => Clients.Caller.Counted(number);

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        server.Ended.TrySetResult(reason);
        return default;
    }
}

public sealed class VaultHub : Hub<IVaultClient>, IVaultServer, IAuthenticateClients<Password>
{
    public ValueTask<ConnectRefusal?> OnConnecting(Password? auth, CancellationToken cancellationToken) => new(auth?.Text == "sesame" ? null : new ConnectRefusal("Wrong password."));

    public ValueTask<string> Open() => new("open");
}

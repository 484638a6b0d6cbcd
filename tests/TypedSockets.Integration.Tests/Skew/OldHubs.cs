extern alias OldBuild;

using OldBuild::Skew;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>The hubs of the older build.</summary>
public static class OldHubs
{
    public static void Add(TypedSocketsBuilder builder) => builder
        .AddHub(IShopServer.Contract.HandledBy<Shop>())
        .AddHub(IRatingServer.Contract.HandledBy<Rating>())
        .AddHub(IVaultServer.Contract.HandledBy<Vault>());

    private sealed class Shop(SkewLog log) : Hub<IShopClient>, IShopServer
    {
        public override ValueTask OnConnected(Connected connected)
        {
            log.Add(connected);
            return default;
        }

        public ValueTask<Receipt> Order(Item item) => new(new Receipt(1, $"{item.Name} {item.Count}"));

        public ValueTask<string> Describe(string what) => new(what);

        public void Retire(string why) => Clients.Caller.Told(why);

        public ValueTask<string> Raise(string text) => new(SkewLog.Raise(() => Clients.Caller.Announced(text), () => Clients.All.Announced(text), () => Clients.Caller.Told(text)));
    }

    private sealed class Rating(SkewLog log) : Hub<IRatingClient>, IRatingServer
    {
        public override ValueTask OnConnected(Connected connected)
        {
            log.Add(connected);
            return default;
        }

        public ValueTask<string> Rate(string what) => new(what);

        public ValueTask<string> Echo(string text) => new(text);

        public ValueTask<string> Raise(string text) => new(SkewLog.Raise(() => Clients.Caller.Rated(text, text), () => Clients.All.Rated(text, text), () => Clients.Caller.Told(text)));
    }

    private sealed class Vault(SkewLog log) : Hub<IVaultClient>, IVaultServer, IAuthenticateClients<VaultKey>
    {
        private string _name = "";

        public ValueTask<ConnectRefusal?> OnConnecting(VaultKey? auth, CancellationToken cancellationToken)
        {
            _name = auth?.Name ?? "nobody";
            return default;
        }

        public override ValueTask OnConnected(Connected connected)
        {
            log.Add(connected);
            return default;
        }

        public ValueTask<string> WhoAmI() => new(_name);

    }
}

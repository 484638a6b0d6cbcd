extern alias NewBuild;

using NewBuild::Skew;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>The hubs of the newer build.</summary>
public static class NewHubs
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

        public ValueTask<Receipt> Order(Item item) => new(new Receipt(1, FormattableString.Invariant($"{item.Name} {item.Count} {item.Note ?? "nothing"} {item.Price}")) { Tags = ["new"] });

        public ValueTask<string> Describe(string what, int depth) => new(FormattableString.Invariant($"{what} {depth}"));

        public void Advise(string what) => Clients.Caller.Told(what);

        public ValueTask<string> Raise(string text) => new(SkewLog.Raise(() => Clients.Caller.Advised(text), () => Clients.All.Advised(text), () => Clients.Caller.Told(text)));
    }

    private sealed class Rating(SkewLog log) : Hub<IRatingClient>, IRatingServer
    {
        public override ValueTask OnConnected(Connected connected)
        {
            log.Add(connected);
            return default;
        }

        public ValueTask<string> Rate(int what) => new(FormattableString.Invariant($"{what}"));

        public ValueTask<string> Echo(string text) => new(text);

        public ValueTask<string> Raise(string text) => new(SkewLog.Raise(() => Clients.Caller.Rated(5, text), () => Clients.All.Rated(5, text), () => Clients.Caller.Told(text)));
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

        public void Wave()
        {
        }
    }
}

// program
[EventContract("/shop")]
public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>
{
    void Look(string what);
}

public interface IShopClient : IClientEvents
{
    void Advised(string text);
}

public sealed class ShopHub : Hub<IShopClient>, IShopServer
{
    // block 1

    public void Look(string what) => Clients.Caller.Advised(what);
}

public static class Program
{
    public static void Main(string[] args) => WebApplication.CreateBuilder(args).Services.AddTypedSockets().AddHub(IShopServer.Contract.HandledBy<ShopHub>());
}

using TypedSockets;

namespace Observability;

/// <summary>What a shop takes.</summary>
[EventContract("/shop")]
public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>
{
    /// <summary>Orders something, which is confirmed by whoever orders. Returns how many orders there are.</summary>
    ValueTask<int> Order(string what, CancellationToken cancellationToken = default);
}

using TypedSockets.Server;

namespace Observability;

/// <summary>The shop.</summary>
public sealed class ShopHub : Hub<IShopClient>, IShopServer
{
    private static int s_orders;

    /// <inheritdoc/>
    public async ValueTask<int> Order(string what, CancellationToken cancellationToken)
    {
        if (!await Clients.Caller.Confirm(what, cancellationToken))
        {
            throw new InvalidOperationException($"'{what}' was not meant.");
        }

        Clients.All.Ordered(what);
        return Interlocked.Increment(ref s_orders);
    }
}

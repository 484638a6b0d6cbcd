using TypedSockets;

namespace Observability;

/// <summary>What a customer is asked and told.</summary>
public interface IShopClient : IClientEvents
{
    /// <summary>Whether the order is meant.</summary>
    ValueTask<bool> Confirm(string what, CancellationToken cancellationToken = default);

    /// <summary>Somebody has ordered something.</summary>
    void Ordered(string what);
}

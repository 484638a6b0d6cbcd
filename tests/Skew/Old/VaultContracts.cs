using TypedSockets;

namespace Skew;

/// <summary>A contract whose clients say who they are.</summary>
[EventContract("/vault", Auth = typeof(VaultKey))]
public partial interface IVaultServer : IServerEvents<IVaultServer, IVaultClient>
{
    ValueTask<string> WhoAmI();
}

public interface IVaultClient : IClientEvents;

public sealed record VaultKey(string Name);

namespace TypedSockets.Integration.Tests;

/// <summary>A contract whose hub says who may do what.</summary>
[EventContract("/vault")]
public partial interface IVaultServer : IServerEvents<IVaultServer, IVaultClient>, IVaultEvents
{
    ValueTask<string> Look();

    ValueTask<string> Open(int door);

    [Event("open-by-name")]
    ValueTask<string> Open(string door);

    ValueTask<string> Peek();

    void Ring(string text);
}

/// <summary>Events that another contract could have too.</summary>
public interface IVaultEvents
{
    ValueTask<string> Count(string what);
}

public interface IVaultClient : IClientEvents
{
    void Rang(string text);
}

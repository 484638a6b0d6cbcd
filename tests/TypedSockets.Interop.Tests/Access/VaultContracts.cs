namespace TypedSockets.Interop.Tests.Access;

/// <summary>A contract whose hub says who may do what, and how often.</summary>
[EventContract("/vault")]
public partial interface IVaultServer : IServerEvents<IVaultServer, IVaultClient>
{
    ValueTask<string> WhoAmI();

    ValueTask<string> Open(int door);

    ValueTask<string> Write(string text);

    void Ring(string text);
}

public interface IVaultClient : IClientEvents
{
    void Refused(string what);
}

namespace TypedSockets.Client.Hosting.Tests;

[EventContract("/tally")]
public partial interface ITallyServer : IServerEvents<ITallyServer, ITallyClient>
{
    ValueTask<string> WhichServer();

    /// <summary>Tells the caller the number back.</summary>
    void Count(int number);
}

public interface ITallyClient : IClientEvents
{
    void Counted(int number);
}

[EventContract("/vault", Auth = typeof(Password))]
public partial interface IVaultServer : IServerEvents<IVaultServer, IVaultClient>
{
    ValueTask<string> Open();
}

public interface IVaultClient : IClientEvents;

public sealed record Password(string Text);

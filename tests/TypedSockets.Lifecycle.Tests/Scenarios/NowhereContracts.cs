namespace TypedSockets.Lifecycle.Tests.Scenarios;

/// <summary>A contract that no server of these tests serves.</summary>
[EventContract("/nowhere")]
public partial interface INowhereServer : IServerEvents<INowhereServer, INowhereClient>
{
    void Nothing();
}

public interface INowhereClient : IClientEvents
{
    void Nothing();
}

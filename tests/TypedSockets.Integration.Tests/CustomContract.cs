namespace TypedSockets.Integration.Tests;

/// <summary>A contract for the namespace that the server has none for.</summary>
[EventContract("/custom")]
public partial interface ICustomServer : IServerEvents<ICustomServer, ICustomClient>
{
    void Echo(string text);
}

public interface ICustomClient : IClientEvents
{
    void Back(string text);
}

public sealed class CustomClient : ICustomClient
{
    public void Back(string text)
    {
    }
}

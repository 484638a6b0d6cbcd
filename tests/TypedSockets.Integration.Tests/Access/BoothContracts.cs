namespace TypedSockets.Integration.Tests.Access;

/// <summary>A contract whose hub waits where a test says so.</summary>
[EventContract("/booth")]
public partial interface IBoothServer : IServerEvents<IBoothServer, IBoothClient>
{
    void Say(string text);

    ValueTask Knock();
}

public interface IBoothClient : IClientEvents
{
    void Heard(string text);
}

public sealed class BoothClient : IBoothClient
{
    public void Heard(string text)
    {
    }
}

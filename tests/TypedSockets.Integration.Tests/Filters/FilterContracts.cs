using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Filters;

/// <summary>A contract whose hub has filters of its own.</summary>
[EventContract("/sieve")]
public partial interface ISieveServer : IServerEvents<ISieveServer, ISieveClient>
{
    ValueTask<int> Twice(int number);

    ValueTask<int?> Half(int? number);

    Task Touch();

    void Tell(string text);
}

public interface ISieveClient : IClientEvents
{
    void Told(string text);

    ValueTask<string> Asked(string question);
}

[HubFilter<HubOnlyFilter>]
public sealed class SieveHub : Hub<ISieveClient>, ISieveServer
{
    public ValueTask<int> Twice(int number) => new(number * 2);

    [HubFilter<EventOnlyFilter>]
    public ValueTask<int?> Half(int? number) => new(number / 2);

    public Task Touch() => Task.CompletedTask;

    public void Tell(string text) => Clients.All.Told(text);
}

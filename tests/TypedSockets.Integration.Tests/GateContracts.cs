namespace TypedSockets.Integration.Tests;

/// <summary>A contract whose clients say who they are, and are told why they may not connect.</summary>
[EventContract("/gate", Auth = typeof(Ticket), Refusal = typeof(GateRefusal))]
public partial interface IGateServer : IServerEvents<IGateServer, IGateClient>
{
    ValueTask<string> WhoAmI();
}

public interface IGateClient : IClientEvents
{
    void Welcomed(string name);
}

public sealed record Ticket(string Name, int Seat = 0);

public sealed record GateRefusal(string Code, IReadOnlyList<string> Allowed);

/// <summary>The same namespace, by somebody who says something else about themselves.</summary>
[EventContract("/gate", Auth = typeof(Badge))]
public partial interface IOtherGateServer : IServerEvents<IOtherGateServer, IGateClient>;

public sealed record Badge(int Number);

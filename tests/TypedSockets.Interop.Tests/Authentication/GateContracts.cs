namespace TypedSockets.Interop.Tests.Authentication;

/// <summary>A contract whose clients say who they are.</summary>
[EventContract("/gate", Auth = typeof(Ticket), Refusal = typeof(GateRefusal))]
public partial interface IGateServer : IServerEvents<IGateServer, IGateClient>
{
    ValueTask<string> WhoAmI();
}

public interface IGateClient : IClientEvents;

public sealed record Ticket(string Name, int Seat = 0);

public sealed record GateRefusal(string Code, IReadOnlyList<string> Allowed);

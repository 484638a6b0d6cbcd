using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Authentication;

public sealed class GateHub : Hub<IGateClient>, IGateServer, IAuthenticateClients<Ticket, GateRefusal>
{
    private string _name = "";

    public ValueTask<ConnectRefusal<GateRefusal>?> OnConnecting(Ticket? auth, CancellationToken cancellationToken)
    {
        _name = auth?.Name ?? "";
        ConnectRefusal<GateRefusal>? refusal = auth switch
        {
            null => new("No ticket."),
            { Seat: > 100 } => new("No such seat.", new GateRefusal("seat", ["1", "100"])),
            { Name: "throws" } => throw new InvalidOperationException("The secret of the house."),
            _ => null,
        };
        return new(refusal);
    }

    public ValueTask<string> WhoAmI() => new(_name);
}

using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

public sealed class GateHub(PlayLog log) : Hub<IGateClient>, IGateServer, IAuthenticateClients<Ticket, GateRefusal>, IDisposable
{
    private string _name = "nobody";

    public async ValueTask<ConnectRefusal<GateRefusal>?> OnConnecting(Ticket? auth, CancellationToken cancellationToken)
    {
        _name = auth?.Name ?? "without a ticket";
        await Task.Yield();
        switch (_name)
        {
            case "throws":
                throw new InvalidOperationException("The secret of the house.");
            case "sends":
                Clients.All.Welcomed("too early");
                break;
            case "kicks":
                Connection.Disconnect("Not here.");
                break;
            case "waits":
                log.Add("gate waiting");
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }

        return auth switch
        {
            null => new("No ticket."),
            { Seat: > 100 } => new("No such seat.", new GateRefusal("seat", ["1", "100"])),
            _ => null,
        };
    }

    public override ValueTask OnConnected(Connected connected)
    {
        log.Add($"gate {_name}");
        Clients.Caller.Welcomed(_name);
        return default;
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Add($"gate {_name} left");
        return default;
    }

    public ValueTask<string> WhoAmI() => new(_name);

    public void Dispose() => log.Add($"gate {_name} disposed");
}

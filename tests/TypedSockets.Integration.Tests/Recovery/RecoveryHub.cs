using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Recovery;

public sealed class RecoveryHub(RecoveryHubLog log) : Hub<IRecoveryClient>, IRecoveryServer
{
    private const string Key = "remembered";

    private bool _recovered;
    private string[] _roomsAtFirst = [];
    private string? _field;

    public override async ValueTask OnConnected(Connected connected)
    {
        _recovered = connected.Recovered;
        _roomsAtFirst = [.. Rooms.Joined.Order(StringComparer.Ordinal)];
        log.Connected(Connection.Id, Clients);
        await log.AtConnected(Connection.Id);
    }

    public override async ValueTask OnDisconnecting(DisconnectReason reason)
    {
        log.Add($"disconnecting {Connection.Id} {reason.GetType().Name} {string.Join(',', Rooms.Joined)}");
        await log.AtDisconnecting(Connection.Id);
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Add($"disconnected {Connection.Id}");
        return default;
    }

    public ValueTask Enter(string room)
    {
        Rooms.Join(room);
        return default;
    }

    public ValueTask Leave(string room)
    {
        Rooms.Leave(room);
        return default;
    }

    public ValueTask Remember(string text)
    {
        Connection.Items[Key] = text;
        _field = text;
        return default;
    }

    public ValueTask<HubView> Look() => new(new HubView(Connection.Id, _recovered, _roomsAtFirst, Connection.Items.TryGetValue(Key, out var text) ? (string?)text : null, _field));

    public ValueTask Kick()
    {
        Connection.Disconnect("enough");
        return default;
    }

    public async ValueTask<string> AskBack(string question) => await Clients.Caller.Ask(question);

    public void Tell(string target, string text) => RecoveryHubLog.To(Clients, target).Told(text);
}

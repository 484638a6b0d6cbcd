using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

public sealed class PlayHub(PlayLog log) : Hub<IPlayClient>, IPlayServer, IDynamicEventHandler
{
    public override ValueTask OnConnected(Connected connected)
    {
        log.Add($"connected {connected.Namespace}");
        log.OnConnected();
        return default;
    }

    public override ValueTask OnUpgraded(Upgraded upgraded)
    {
        log.Add($"upgraded {upgraded.From} {upgraded.To}");
        return default;
    }

    public override ValueTask OnEventRefused(EventRefused refused)
    {
        log.Add($"refused {refused.Event} {refused.Fault}");
        return default;
    }

    public override ValueTask OnDisconnecting(DisconnectReason reason)
    {
        log.Add($"disconnecting {string.Join(',', Rooms.Joined)}");
        foreach (var room in Rooms.Joined)
        {
            Clients.OthersInRoom(room).Left(Connection.Id, reason.Description);
        }

        return default;
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Disconnected(Connection.Id, reason);
        return default;
    }

    public ValueTask OnAny(DynamicEvent dynamicEvent)
    {
        if (dynamicEvent.Name == "shout")
        {
            DynamicClients.Caller.Emit("heard", dynamicEvent.Arguments.AsSpan());
        }
        else
        {
            dynamicEvent.Refuse();
        }

        return default;
    }

    public ValueTask<Person> Greet(string name, int age, CancellationToken cancellationToken) => new(new Person(name, age, DateTimeOffset.UnixEpoch));

    public async ValueTask Work(string what)
    {
        await Task.Yield();
        log.Add(what);
    }

    public Task<int> Sum(int[] numbers) => Task.FromResult(numbers.Sum());

    public void Say(string room, string text) => Clients.Room(room).Said(text);

    public ValueTask Enter(string room)
    {
        Rooms.Join(room);
        return default;
    }

    public async ValueTask<string> AskMeBack(string question) => $"you said {await Clients.Caller.Answer(question)}";

    public async ValueTask<bool> WaitForCancel(CancellationToken cancellationToken)
    {
        log.Add("waiting");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            log.Add("cancelled");
        }

        return true;
    }

    public ValueTask Throw(string message) => throw new InvalidOperationException(message);

    public void ThrowOneWay(string message) => throw new InvalidOperationException(message);

    public ValueTask<int[]> Return(int count) => new(new int[count]);

    public ValueTask<string> WhoAmI() => new(Connection.Id);

    public ValueTask Kick(string text)
    {
        Connection.Disconnect(text);
        return default;
    }

    public ValueTask SayTo(string target, string text)
    {
        var clients = target.Split(' ', 2) switch
        {
            ["all"] => Clients.All,
            ["caller"] => Clients.Caller,
            ["others"] => Clients.Others,
            ["room"] => Clients.Room("room"),
            ["others", "in room"] => Clients.OthersInRoom("room"),
            ["client", var id] => Clients.Client(id),
            ["user", var user] => Clients.User(user),
            ["rooms"] => Clients.Rooms("room", "empty", "room"),
            ["room", var rest] => Clients.RoomExcept("room", rest[4..]),
            ["clients", var id] => Clients.Clients(id, "nobody"),
            ["users", var users] => Clients.Users(users.Split(',')),
            ["except", var id] => Clients.Except(id),
            _ => throw new ArgumentException($"'{target}' is no target.", nameof(target)),
        };
        clients.Said(text);
        return default;
    }

    public ValueTask<string> AskEverybody(string question) => Clients.All.Answer(question);
}

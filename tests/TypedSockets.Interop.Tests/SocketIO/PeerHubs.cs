using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.SocketIO;

public sealed class PeerHub(PeerLog log) : Hub<IPeerClient>, IPeerServer
{
    public override ValueTask OnEventRefused(EventRefused refused)
    {
        log.Refused(Connection.Id, refused);
        return default;
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Disconnected(Connection.Id, reason);
        return default;
    }

    public ValueTask<string> Echo(string text) => new(text);

    public ValueTask<Parcel> Wrap(Parcel parcel) => new(new Parcel($"around {parcel.Name}", parcel.Count + 1, [.. parcel.Content.Reverse()], ["outer", .. parcel.Tags], parcel));

    public ValueTask<byte[]> Concat(byte[] first, byte[] second) => new((byte[])[.. first, .. second]);

    public ValueTask Enter(string room)
    {
        Rooms.Join(room);
        return default;
    }

    public ValueTask Throw() => throw new InvalidOperationException("as asked");

    public ValueTask Kick(string text)
    {
        Connection.Disconnect(text);
        return default;
    }

    public async ValueTask<string> AskBack(string question) => await Clients.Caller.Answer(question);

    public async ValueTask<byte[]> AskBackBytes(byte[] bytes) => await Clients.Caller.Reverse(bytes);

    public async ValueTask<string> AskBackInVain()
    {
        try
        {
            return await Clients.Caller.Ignore("?");
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }

    public async ValueTask<string> Never() => await log.Never.Task;

    public void Say(string text) => Clients.All.Said(text);

    public void SayIn(string room, string text) => Clients.Room(room).Said(text);

    public void Send(Parcel parcel) => Clients.All.Sent(parcel);

    public void Move(int x, int y) => Clients.All.Moved(x, y);
}

public sealed class RootHub(PeerLog log) : Hub<IRootClient>, IRootServer
{
    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Disconnected(Connection.Id, reason);
        return default;
    }

    public ValueTask<int> Add(int left, int right) => new(left + right);

    public ValueTask Leave()
    {
        Connection.Disconnect();
        return default;
    }
}

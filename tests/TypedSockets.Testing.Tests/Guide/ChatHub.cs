using TypedSockets.Server;

namespace TypedSockets.Testing.Tests.Guide;

public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    public ValueTask<Joined> Join(string room)
    {
        Rooms.Join(room);
        return new(new Joined(room, [Connection.UserId ?? "somebody"]));
    }

    public void Say(string room, string text) => Clients.Room(room).Said(text);
}

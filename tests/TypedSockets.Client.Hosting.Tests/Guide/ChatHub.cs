using TypedSockets.Server;

namespace TypedSockets.Client.Hosting.Tests.Guide;

public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    public ValueTask<Joined> Join(string room)
    {
        Rooms.Join(room);
        return new(new Joined(room, ["somebody"]));
    }

    public void Say(string room, string text) => Clients.Room(room).Said(text);
}

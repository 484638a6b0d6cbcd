// program
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
// block 2
// block 3
// block 1

public sealed record Joined(string Room, IReadOnlyList<string> Members);

public sealed record Line(long Id, string Who, string Text);

public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    public void Say(string room, string text) => Clients.Room(room).Said(new Line(1, Connection.Id, text));

    public ValueTask<Joined> Join(string room) => new(new Joined(room, []));

    public ValueTask Upload(string name, byte[] content) => default;
}
// program
// block 5
// block 4

public sealed record Joined(string Room, IReadOnlyList<string> Members);

public sealed record Line(long Id, string Who, string Text);

public sealed class ChatView : IChatClient
{
    public void Said(Line line) => Console.WriteLine(line);
}

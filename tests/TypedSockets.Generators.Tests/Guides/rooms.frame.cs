// program
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<string[]> Members(string room);

    void Ban(string userId);

    ValueTask<int> CountReady(string room);
}

public interface IChatClient : IClientEvents
{
    void Said(Line line);

    ValueTask<bool> Confirm(string question);
}

public sealed record Line(long Id, string Who, string Text, DateTimeOffset At);

public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    // block 1

    // block 3
}

// block 2

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>());
        builder.Services.AddHostedService<Clock>();
    }
}

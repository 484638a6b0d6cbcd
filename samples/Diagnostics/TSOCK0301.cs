using TypedSockets;

namespace Samples.TSOCK0301;

#if VIOLATION
public static class Leaving
{
    public static async Task LeaveAsync(IChatServer chat)
    {
        chat.Leave("lobby");
        Console.WriteLine(await chat.Count("lobby"));
    }
}
#else
public static class Leaving
{
    public static async Task LeaveAsync(IChatServer chat)
    {
        await chat.Leave("lobby");
        Console.WriteLine(await chat.Count("lobby"));
    }
}
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask Leave(string room);

    ValueTask<int> Count(string room);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

using TypedSockets;
using TypedSockets.Server;

namespace Samples.TSOCK0304;

#if VIOLATION
public sealed class ChatHub : Hub<IChatClient>
{
    public void Say(string text) => Clients.All.Said(text);
}
#else
public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    public void Say(string text) => Clients.All.Said(text);
}
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

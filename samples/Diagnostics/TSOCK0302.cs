using System.Net.Http;
using TypedSockets;
using TypedSockets.Server;

namespace Samples.TSOCK0302;

#if VIOLATION
public sealed class ChatHub(HttpClient http) : Hub<IChatClient>, IChatServer
{
    public ValueTask Show(Uri page)
    {
        Clients.Caller.Shown(http.GetStringAsync(page).Result);
        return default;
    }
}
#else
public sealed class ChatHub(HttpClient http) : Hub<IChatClient>, IChatServer
{
    public async ValueTask Show(Uri page) => Clients.Caller.Shown(await http.GetStringAsync(page));
}
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask Show(Uri page);
}

public interface IChatClient : IClientEvents
{
    void Shown(string text);
}

using TypedSockets;

namespace Samples.TSOCK0109;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Contract(string text);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event("Contract")]
    void ShowContract(string text);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

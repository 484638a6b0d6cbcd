using TypedSockets;

namespace Samples.TSOCK0101;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    string Topic { get; set; }
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<string> GetTopic();

    ValueTask SetTopic(string topic);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

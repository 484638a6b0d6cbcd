using TypedSockets;

namespace Samples.TSOCK0102;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say<TContent>(TContent content);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void SayText(string text);

    void SayImage(byte[] image);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

using TypedSockets;

namespace Samples.TSOCK0011;

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text, bool loud = false);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

using TypedSockets;

namespace Samples.TSOCK0004;

#if VIOLATION
public static partial class Contracts
{
    [EventContract("/chat")]
    private partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
    {
        void Say(string text);
    }
}
#else
public static partial class Contracts
{
    [EventContract("/chat")]
    internal partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
    {
        void Say(string text);
    }
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

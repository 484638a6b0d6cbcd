using TypedSockets;

namespace Samples.TSOCK0132;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event(Concurrency = Concurrency.Keyed)]
    ValueTask Edit(string document, string change);
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    [Event(Concurrency = Concurrency.Keyed)]
    ValueTask Edit([ConcurrencyKey] string document, string change);
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

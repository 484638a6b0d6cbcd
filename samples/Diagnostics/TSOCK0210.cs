using System.Text.Json.Serialization;
using TypedSockets;

namespace Samples.TSOCK0210;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message([property: JsonPropertyName("text")] string Title, string Text);
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Message message);
}

public sealed record Message([property: JsonPropertyName("title")] string Title, string Text);
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

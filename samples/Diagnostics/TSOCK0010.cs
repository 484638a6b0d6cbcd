using System.Text.Json.Serialization;
using TypedSockets;

namespace Samples.TSOCK0010;

#if VIOLATION
public sealed record Line(string Author, string Text);
#else
public sealed record Line([property: JsonPropertyName("who")] string Author, string Text);
#endif

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string text);
}

public interface IChatClient : IClientEvents
{
    void Said(Line line);
}

using TypedSockets;

namespace ConformanceHost;

/// <summary>What the host serves to raw peers: one event of each kind that a hostile packet can hit.</summary>
[EventContract("/echo")]
public partial interface IEchoServer : IServerEvents<IEchoServer, IEchoClient>
{
    ValueTask<string> Echo(string text);

    void Forget(string text);

    ValueTask<int> CountLeaves(Tree tree);

    ValueTask<int> CountItems(List<int> items);
}

public interface IEchoClient : IClientEvents
{
    void Echoed(string text);
}

/// <summary>A payload that can be as deep as the limit lets it.</summary>
public sealed record Tree(Tree? Left, Tree? Right);

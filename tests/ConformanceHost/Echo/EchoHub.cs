using TypedSockets.Server;

namespace ConformanceHost;

public sealed class EchoHub : Hub<IEchoClient>, IEchoServer
{
    public ValueTask<string> Echo(string text) => new(text);

    public void Forget(string text)
    {
    }

    public ValueTask<int> CountLeaves(Tree tree) => new(Count(tree));

    public ValueTask<int> CountItems(List<int> items) => new(items.Count);

    private static int Count(Tree? tree) => tree is null ? 1 : Count(tree.Left) + Count(tree.Right);
}

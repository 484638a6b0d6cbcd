// program
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    ValueTask<bool> Delete(int id);

    ValueTask<int> Count();
}

public interface IChatClient : IClientEvents
{
    ValueTask<bool> Confirm(string question);
}

public sealed class ChatHub : Hub<IChatClient>, IChatServer
{
    private readonly HashSet<int> _items = [];

    public ValueTask<int> Count() => new(_items.Count);

    // block 1
}

public interface IDialog
{
    ValueTask<bool> AskAsync(string question);
}

public sealed class ChatView(IChatServer chat, IDialog dialog) : IChatClient
{
    // block 2
}

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>());
    }
}
// program
// block 3

public interface IDocumentsClient : IClientEvents;

public static class Program
{
    public static void Main() => Console.WriteLine(IDocuments.Contract.Shape.Name);
}

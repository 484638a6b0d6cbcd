// program
// block 1

public interface IChatClient : IClientEvents;

public sealed class Names
{
    public IReadOnlyList<string> Free => [];

    public ValueTask<bool> TryTake(string name, CancellationToken cancellationToken) => new(name.Length > 0);
}

// block 2

public sealed class Invitations
{
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => default;
}

public static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>());
        await ConnectAsync(new TypedSocket("http://localhost"), new View(), "Ann", new Invitations());
    }

    private static async Task ConnectAsync(TypedSocket socket, IChatClient view, string name, Invitations invitations)
    {
        // block 3
    }

    private sealed class View : IChatClient;
}

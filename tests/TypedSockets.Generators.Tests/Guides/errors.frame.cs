// program
// block 1

public interface IRoomClient : IClientEvents;

public sealed record Joined(string Room);

public sealed class Store
{
    public ValueTask<bool> IsMemberAsync(string? user, string room) => new(user is not null && room.Length > 0);
}

public sealed class RoomHub(Store store) : Hub<IRoomClient>, IRoomServer
{
    // block 2
}

public static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTypedSockets().AddHub(IRoomServer.Contract.HandledBy<RoomHub>());
        await using var socket = new TypedSocket("http://localhost");
        var rooms = socket.Open(IRoomServer.Contract, new View());
        // block 3
    }

    private sealed class View : IRoomClient;
}
// program
// block 5

public interface ISearchClient : IClientEvents;

public sealed class View : ISearchClient;

public static class Program
{
    public static async Task Main()
    {
        // block 6
        await using var socket = new TypedSocket("http://localhost", options);
        var search = socket.Open(ISearch.Contract, new View());
        // block 4
        Console.WriteLine(hits.Length);
    }
}

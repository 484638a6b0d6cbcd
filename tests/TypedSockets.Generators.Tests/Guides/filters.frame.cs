// program
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string room, string text);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

public sealed class Audited : IHubFilter;

// block 1

// block 3

// block 4

// block 5

public static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // block 2
        // block 6
    }
}

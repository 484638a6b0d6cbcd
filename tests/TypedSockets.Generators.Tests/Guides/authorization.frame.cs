// program
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(string room, string text);

    ValueTask Close(string room);

    ValueTask Enter(string room);
}

public interface IChatClient : IClientEvents
{
    void Said(string text);
}

// block 2

// Its package is no part of the shared framework.
public static class JwtBearerDefaults
{
    public const string AuthenticationScheme = "Bearer";

    public static AuthenticationBuilder AddJwtBearer(this AuthenticationBuilder builder) => builder;
}

public sealed class Tokens
{
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => default;
}

public static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // block 1
        await ConnectAsync(new Tokens());
    }

    private static async Task ConnectAsync(Tokens tokens)
    {
        // block 3
    }
}

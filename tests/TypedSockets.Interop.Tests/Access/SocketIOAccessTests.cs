using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Integration.Tests.Access;
using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Access;

/// <summary>What authorization, filters, limits and the end of an authentication are to Socket.IO's own client, with either parser.</summary>
[Trait("Category", "Node")]
public sealed class SocketIOAccessTests
{
    // As many as the program sends, but for the last.
    private const int Limit = 6;

    private readonly SteppedTime _time = new();

    /// <summary>What socket.io-client is run with.</summary>
    public static TheoryData<string> Clients { get; } = ["", "--transports=polling", "--transports=websocket", "--parser=msgpack", "--parser=msgpack --transports=polling"];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task JavaScriptClient_IsToldWhatIsRefused_AndWhenItsTokenHasExpired(string arguments)
    {
        await using var server = await StartAsync();
        await using var client = Run(server, "ada;clerk;6000", arguments);

        await client.ReadAsync("connect");
        Assert.Equal("\"ada\"", await AnswerAsync(client, "WhoAmI"));
        Assert.Equal("""{"$fault":"Forbidden"}""", await AnswerAsync(client, "Open"));
        Assert.Equal("""{"$fault":"Forbidden","message":"No links here."}""", await AnswerAsync(client, "Write"));
        Assert.Equal("\"wrote hello!\"", await AnswerAsync(client, "Write"));
        Assert.Equal(
            """["IVaultServer.Open Forbidden","IVaultServer.Write Forbidden","IVaultServer.Ring Forbidden"]""",
            (await client.ReadAsync("refused")).GetProperty("what").GetRawText());
        Assert.Equal("\"ada\"", await AnswerAsync(client, "WhoAmI"));
        Assert.Equal("""{"$fault":"RateLimited","retryAfter":1500}""", await AnswerAsync(client, "WhoAmI"));

        _time.MoveTo(TimeSpan.FromSeconds(601));

        Assert.Equal("transport close", (await client.ReadAsync("disconnect")).GetProperty("reason").GetString());
        await client.ReadAsync("connect");
        Assert.Null(await client.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task JavaScriptClient_WithoutAToken_IsNotLetIn(string arguments)
    {
        await using var server = await StartAsync();
        await using var client = Run(server, "", arguments);

        Assert.Equal("The user is not authenticated.", (await client.ReadAsync("connect_error")).GetProperty("message").GetString());
        Assert.Null(await client.ReadAsync());
    }

    private static async Task<string> AnswerAsync(NodeProgram client, string to)
    {
        var answer = await client.ReadAsync("answer");
        Assert.Equal(to, answer.GetProperty("to").GetString());
        return answer.GetProperty("value").GetRawText();
    }

    private static NodeProgram Run(WebApplication server, string token, string arguments)
    {
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return NodeProgram.Start("access-client.mjs", [$"--url={address}", $"--token={token}", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddAuthentication(TokenScheme.Name).AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null);
        builder.Services.AddAuthorization();
        builder.Services.AddTypedSockets(options =>
        {
            // Nobody answers a ping while the clock is moved.
            options.HeartbeatInterval = TimeSpan.FromDays(1);
            options.RateLimitPerConnection = _ => new CountedLimiter(Limit, TimeSpan.FromMilliseconds(1500));
            // Each session lasts as long as the first: the program says the same token again.
            options.AuthenticationExpiration = context => context.User.HasClaim(claim => claim.Type == ClaimTypes.NameIdentifier) ? _time.GetUtcNow() + TimeSpan.FromSeconds(600) : null;
        }).AddHub(IVaultServer.Contract.HandledBy<VaultHub>());
        var app = builder.Build();
        app.MapTypedSockets();
        await app.StartAsync();
        return app;
    }
}

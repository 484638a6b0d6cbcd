using ConformanceHost.SocketIO;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests;

/// <summary>Events without a contract between Socket.IO's own client, with either parser, and the conformance host's hubs.</summary>
[Trait("Category", "Node")]
public sealed class DynamicEventTests
{
    private const string Values = """[1,"é€😀",0.5,null,true,{"a b":[1,{"c":"d"}]},{"bytes":"010203"},{"in":[{"bytes":"04"}]}]""";

    [Theory]
    [InlineData("--transports=polling")]
    [InlineData("--transports=websocket")]
    [InlineData("--transports=polling,websocket")]
    [InlineData("--transports=websocket", "--msgpack")]
    [InlineData("--transports=polling", "--msgpack")]
    public async Task JavaScriptClient_AndADynamicHub_ExchangeAnyArguments(params string[] arguments)
    {
        await using var app = await StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var client = NodeProgram.Start("dynamic-client.mjs", [$"--url={address}", .. arguments]);

        Assert.Equal("""{"token":"123","deep":{"list":[1,null]}}""", (await client.ReadAsync("auth")).GetProperty("auth").GetRawText());
        Assert.Equal("{}", (await client.ReadAsync("auth")).GetProperty("auth").GetRawText());
        Assert.Equal(Values, (await client.ReadAsync("back")).GetProperty("arguments").GetRawText());
        Assert.Equal(Values, (await client.ReadAsync("ack")).GetProperty("arguments").GetRawText());
        Assert.Equal("""{"$fault":"NotSupported"}""", (await client.ReadAsync("fault")).GetProperty("fault").GetRawText());
        Assert.Equal("Invalid namespace", (await client.ReadAsync("refused")).GetProperty("message").GetString());
        Assert.Equal("io client disconnect", (await client.ReadAsync("disconnect")).GetProperty("reason").GetString());
        Assert.Null(await client.ReadAsync());
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddTypedSockets().AddDynamicHub<MainHub>("/").AddDynamicHub<CustomHub>("/custom");
        var app = builder.Build();
        app.MapTypedSockets();
        await app.StartAsync();
        return app;
    }
}

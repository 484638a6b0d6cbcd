using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedSockets.Client.Hosting.Tests.Guide;

/// <summary>The code of docs/guides/hosting.md.</summary>
public sealed class GuideTests
{
    [Fact]
    public void Guide_ShowsWhatIsRunHere()
    {
        Assert.Empty(GuideCode.FindStrangers("hosting.md", "tests/TypedSockets.Client.Hosting.Tests/Guide", out var count));
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task Worker_CallsTheServerWhenItStarts()
    {
        await using var server = await TallyServer.StartAsync();
        string[] args = [$"--Chat:Address={server.Address}", "--Chat:Start=Wait"];
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSingleton<ChatView>();
        builder.Services.AddTypedSocketClient()
            .BindConfiguration("Chat")
            .AddContract(IChatServer.Contract, services => services.GetRequiredService<ChatView>());
        builder.Services.AddHostedService<Greeter>();

        builder.Logging.ClearProviders();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Hello, 1 of you!", await host.Services.GetRequiredService<ChatView>().Heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void SeveralClients_HaveProxiesOfTheirOwn()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddKeyedTypedSocketClient("prices", "https://prices.example").AddContract(IPriceServer.Contract, _ => new PriceView());
        builder.Services.AddKeyedTypedSocketClient("orders", "https://orders.example").AddContract(IPriceServer.Contract, _ => new PriceView());
        builder.Services.AddSingleton<PriceReader>();
        using var host = builder.Build();
        var reader = host.Services.GetRequiredService<PriceReader>();
        Assert.NotSame(reader.Prices, reader.Orders);
    }

    private sealed class PriceReader([FromKeyedServices("prices")] IPriceServer prices, [FromKeyedServices("orders")] IPriceServer orders)
    {
        public IPriceServer Prices { get; } = prices;

        public IPriceServer Orders { get; } = orders;
    }
}

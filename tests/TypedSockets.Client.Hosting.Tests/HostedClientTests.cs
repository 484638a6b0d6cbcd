using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSockets.Testing;

namespace TypedSockets.Client.Hosting.Tests;

public sealed class HostedClientTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Waits_TheProxyIsConnectedAndTheHandlerCallsTheServer()
    {
        await using var server = await TallyServer.StartAsync();
        _builder.Services.AddSingleton<CountingHandler>();
        _builder.Services.AddTypedSocketClient(server.Address)
            .AddContract(ITallyServer.Contract, services => services.GetRequiredService<CountingHandler>())
            .Configure(options => options.Start = TypedSocketClientStart.Wait);
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        var proxy = host.Services.GetRequiredService<ITallyServer>();
        Assert.Equal("first", await proxy.WhichServer());
        proxy.Count(1);
        await host.Services.GetRequiredService<CountingHandler>().HeardOfThree.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(ConnectionState.Connected, host.Services.GetRequiredService<TypedSocket>().State);

        await host.StopAsync(Cancelled);
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
    }

    [Fact]
    public async Task Handler_IsTheService_WhereNoneIsMade()
    {
        await using var server = await TallyServer.StartAsync();
        var handler = new SilentHandler();
        _builder.Services.AddSingleton<ITallyClient>(handler);
        _builder.Services.AddTypedSocketClient(server.Address).AddContract(ITallyServer.Contract).Configure(options => options.Start = TypedSocketClientStart.Wait);
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        Assert.Equal("first", await host.Services.GetRequiredService<ITallyServer>().WhichServer());
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Handler_AsksForTheSocket_FailsWithASentence()
    {
        _builder.Services.AddSingleton<CircularHandler>();
        _builder.Services.AddTypedSocketClient(Nowhere).AddContract(ITallyServer.Contract, services => services.GetRequiredService<CircularHandler>());
        using var host = _builder.Build();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancelled));
        Assert.StartsWith("The socket of the TypedSockets client is asked for by one of its own handlers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralClients_AreServicesByTheirNames()
    {
        await using var first = await TallyServer.StartAsync();
        await using var second = await TallyServer.StartAsync("second");
        foreach (var (name, server) in new[] { ("one", first), ("two", second) })
        {
            _builder.Services.AddKeyedTypedSocketClient(name, server.Address)
                .AddContract(ITallyServer.Contract, _ => new SilentHandler())
                .Configure(options => options.Start = TypedSocketClientStart.Wait);
        }

        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        Assert.Equal("first", await host.Services.GetRequiredKeyedService<ITallyServer>("one").WhichServer());
        Assert.Equal("second", await host.Services.GetRequiredKeyedService<ITallyServer>("two").WhichServer());
        Assert.NotSame(host.Services.GetRequiredKeyedService<TypedSocket>("one"), host.Services.GetRequiredKeyedService<TypedSocket>("two"));
        Assert.Null(host.Services.GetService<ITallyServer>());
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Contract_WithAuth_SaysWhatServicesSay()
    {
        await using var server = await TallyServer.StartAsync();
        _builder.Services.AddSingleton(new Password("sesame"));
        _builder.Services.AddTypedSocketClient(server.Address)
            .AddContract(IVaultServer.Contract, _ => new VaultHandler(), (services, _) => new(services.GetRequiredService<Password>()))
            .Configure(options => options.Start = TypedSocketClientStart.Wait);
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        Assert.Equal("open", await host.Services.GetRequiredService<IVaultServer>().Open());
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Start_WaitsAndIsRefused_KeepsTheHostFromStarting()
    {
        await using var server = await TallyServer.StartAsync();
        _builder.Services.AddTypedSocketClient(server.Address)
            .AddContract(IVaultServer.Contract, _ => new VaultHandler(), (_, _) => new(new Password("open")))
            .Configure(options => options.Start = TypedSocketClientStart.Wait);
        using var host = _builder.Build();
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => host.StartAsync(Cancelled));
        Assert.Equal("Wrong password.", Assert.IsType<Unauthorized>(exception.Reason).Text);
    }

    [Fact]
    public async Task Start_InTheBackground_DoesNotWaitForAServerThatIsNotThere()
    {
        _builder.Services.AddTypedSocketClient(Nowhere).AddContract(ITallyServer.Contract, _ => new SilentHandler());
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        Assert.Equal(ConnectionState.Connecting, host.Services.GetRequiredService<TypedSocket>().State);
        Assert.Throws<NotConnectedException>(() => host.Services.GetRequiredService<ITallyServer>().Count(1));
        await host.StopAsync(Cancelled);
        Assert.Equal(ConnectionState.Disconnected, host.Services.GetRequiredService<TypedSocket>().State);
    }

    [Fact]
    public async Task Start_InTheBackgroundAndRefused_IsLogged()
    {
        await using var server = await TallyServer.StartAsync();
        using var logger = new RecordingLogger();
        _builder.Logging.AddProvider(logger);
        _builder.Services.AddKeyedTypedSocketClient("vault", server.Address).AddContract(IVaultServer.Contract, _ => new VaultHandler(), (_, _) => new((Password?)null));
        using var host = _builder.Build();
        var lifecycle = LifecycleRecording.Of(host.Services.GetRequiredKeyedService<TypedSocket>("vault"));
        await host.StartAsync(Cancelled);
        await lifecycle.NextAsync<Disconnected>();
        // Its own subscription, the second, is told behind ours.
        await host.StopAsync(Cancelled);
        while (logger.Entries.Count < 2)
        {
            await Task.Yield();
        }

        Assert.Equal(
            ["Error: TypedSockets client 'vault' cannot connect.", "Warning: TypedSockets client 'vault' is disconnected and does not come back by itself: The server did not accept the client: Wrong password."],
            logger.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_ByHand_ConnectsWhenItIsToldTo()
    {
        await using var server = await TallyServer.StartAsync();
        _builder.Services.AddTypedSocketClient(server.Address).AddContract(ITallyServer.Contract, _ => new SilentHandler()).Configure(options => options.Start = TypedSocketClientStart.Manual);
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        var socket = host.Services.GetRequiredService<TypedSocket>();
        Assert.Equal(ConnectionState.Disconnected, socket.State);
        await socket.ConnectAsync(Cancelled);
        Assert.Equal("first", await host.Services.GetRequiredService<ITallyServer>().WhichServer());
        await host.StopAsync(Cancelled);
        Assert.IsType<ClientDisconnect>(await server.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
    }

    [Fact]
    public async Task Add_Twice_ChangesTheSameClient()
    {
        await using var server = await TallyServer.StartAsync();
        _builder.Services.AddTypedSocketClient().AddContract(ITallyServer.Contract, _ => new SilentHandler());
        _builder.Services.AddTypedSocketClient(server.Address).Configure(options => options.Start = TypedSocketClientStart.Wait);
        using var host = _builder.Build();
        Assert.Single(host.Services.GetServices<IHostedService>());
        await host.StartAsync(Cancelled);
        Assert.Equal("first", await host.Services.GetRequiredService<ITallyServer>().WhichServer());
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task BindConfiguration_TakesWhatTheSectionHas()
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tally:Address"] = "https://tally.example",
            ["Tally:Start"] = "manual",
            ["Tally:Path"] = "/live",
            ["Tally:ConnectTimeout"] = "00:00:07",
        });
        _builder.Services.AddKeyedTypedSocketClient("tally").BindConfiguration("Tally").AddContract(ITallyServer.Contract, _ => new SilentHandler());
        using var host = _builder.Build();
        await host.StartAsync(Cancelled);
        var options = host.Services.GetRequiredService<IOptionsMonitor<TypedSocketClientOptions>>().Get("tally");
        Assert.Equal(
            ("https://tally.example", TypedSocketClientStart.Manual, "/live", TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(30)),
            (options.Address, options.Start, options.Socket.Path, options.Socket.ConnectTimeout, options.Socket.RequestTimeout));
        await host.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData("Start", "soon", "Configuration value 'Tally:Start' is 'soon'; it must be Background, Wait, Manual.")]
    [InlineData("RequestTimeout", "long", "Configuration value 'Tally:RequestTimeout' is 'long'; it must be a time such as '00:00:20'.")]
    public async Task BindConfiguration_ValueThatIsNone_KeepsTheHostFromStarting(string key, string value, string message)
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Tally:" + key] = value });
        _builder.Services.AddTypedSocketClient(Nowhere).BindConfiguration("Tally").AddContract(ITallyServer.Contract, _ => new SilentHandler());
        using var host = _builder.Build();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancelled));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData(null, "Address of TypedSockets client 'tally' is not set; it must be the server's, such as 'https://chat.example'.")]
    [InlineData("ftp://tally.example", "Address of TypedSockets client 'tally' is 'ftp://tally.example'; it must be absolute, and http, https, ws or wss.")]
    [InlineData("tally", "Address of TypedSockets client 'tally' is 'tally'; it must be absolute, and http, https, ws or wss.")]
    public async Task Address_ThatIsNone_KeepsTheHostFromStarting(string? address, string message)
    {
        _builder.Services.AddKeyedTypedSocketClient("tally", address).AddContract(ITallyServer.Contract, _ => new SilentHandler());
        using var host = _builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancelled));
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task Dispose_OfTheHostWithoutAStop_DisposesTheSocket()
    {
        _builder.Services.AddTypedSocketClient(Nowhere).AddContract(ITallyServer.Contract, _ => new SilentHandler());
        var host = _builder.Build();
        var socket = host.Services.GetRequiredService<TypedSocket>();
        await ((IAsyncDisposable)host).DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => socket.ConnectAsync(Cancelled));
    }
}

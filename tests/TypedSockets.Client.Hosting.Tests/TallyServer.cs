using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Server;

namespace TypedSockets.Client.Hosting.Tests;

/// <summary>A real server on a free port of the loopback interface.</summary>
public sealed class TallyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TallyServer(string name)
    {
        Name = name;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(this);
        builder.Services.AddTypedSockets().AddHub(ITallyServer.Contract.HandledBy<TallyHub>()).AddHub(IVaultServer.Contract.HandledBy<VaultHub>())
            .AddHub(Guide.IChatServer.Contract.HandledBy<Guide.ChatHub>());
        _app = builder.Build();
        _app.MapTypedSockets();
    }

    public string Name { get; }

    public string Address => _app.Urls.Single();

    /// <summary>How the first client went.</summary>
    public TaskCompletionSource<DisconnectReason> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<TallyServer> StartAsync(string name = "first")
    {
        var server = new TallyServer(name);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

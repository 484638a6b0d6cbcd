using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>What a server says of itself to those who route clients to it, and to its operator.</summary>
public sealed class HealthCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HealthCheck_HasRoom_IsHealthyAndTellsHowMuch()
    {
        await using var server = await StartAsync(maxConnections: 10);
        await using var peer = await server.ConnectAsync();
        var entry = await CheckAsync(server);
        Assert.Equal((HealthStatus.Healthy, "1 sessions are open; 10 may be (MaxConnections)."), (entry.Status, entry.Description));
        Assert.Equal((1, 10), ((int)entry.Data["sessions"], (int)entry.Data["maxSessions"]));
    }

    [Theory]
    [InlineData(0.9, HealthStatus.Healthy)]
    [InlineData(0.5, HealthStatus.Degraded)]
    public async Task HealthCheck_NearTheLimit_IsDegradedFromWhereItIsTold(double degradedFrom, HealthStatus expected)
    {
        await using var server = await StartAsync(maxConnections: 2, degradedFrom);
        await using var peer = await server.ConnectAsync();
        Assert.Equal(expected, (await CheckAsync(server)).Status);
    }

    [Fact]
    public async Task HealthCheck_ServerShutsDown_IsUnhealthy()
    {
        await using var server = await StartAsync(maxConnections: 2);
        // A server that nobody has come to yet stops, too.
        await CheckAsync(server);
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var entry = await CheckAsync(server);
        Assert.Equal((HealthStatus.Unhealthy, "The server is shutting down; 0 sessions are left."), (entry.Status, entry.Description));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void DegradedFrom_OutOfRange_IsRefused(double degradedFrom) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddHealthChecks().AddTypedSockets(degradedFrom: degradedFrom));

    [Fact]
    public async Task Limit_IsReachedByMany_IsLoggedOnceUntilThereWasRoom()
    {
        using var logs = new WarningProvider();
        await using var server = await PlayServer.StartAsync(options => options.MaxConnections = 1, configureServices: services => services.AddSingleton<ILoggerProvider>(logs));
        var peer = await server.ConnectAsync();
        await RefusedAsync(server);
        await RefusedAsync(server);
        Assert.Single(logs.Messages);
        var id = await peer.Server.WhoAmI();
        await peer.DisposeAsync();
        await server.Log.WaitForEndAsync(id);
        await using var next = await server.ConnectAsync(new TypedSocketOptions { Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } });
        await RefusedAsync(server);
        Assert.All(logs.Messages, message => Assert.Equal("1 sessions are open, which is the limit (MaxConnections): new ones are refused until some have ended.", message));
        Assert.InRange(logs.Messages.Count, 2, 3);
    }

    private static Task<PlayServer> StartAsync(int maxConnections, double degradedFrom = 0.9) => PlayServer.StartAsync(
        options => options.MaxConnections = maxConnections, configureServices: services => services.AddHealthChecks().AddTypedSockets(degradedFrom: degradedFrom));

    private static async Task<HealthReportEntry> CheckAsync(PlayServer server) => (await server.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["typedsockets"];

    private static async Task RefusedAsync(PlayServer server)
    {
        await using var late = new PlayPeer(server.Address, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false }, TryAllTransports = false });
        await Assert.ThrowsAsync<DisconnectedException>(() => late.Socket.ConnectAsync(Token));
    }

    private sealed class WarningProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("TypedSockets", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Enqueue(formatter(state, exception));
            }
        }
    }
}
